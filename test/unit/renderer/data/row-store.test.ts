import { describe, expect, it } from 'vitest'
import { createRowStore, type ReadPage } from '../../../../src/renderer/screens/data/rows/row-store.ts'

const page = (columns: readonly string[], offset: number, rows: number, total: number | null = null): ReadPage => ({
  rows,
  total,
  milliseconds: 3,
  columns: columns.map((name) => ({ kind: 'text' as const, name, values: Array.from({ length: rows }, (_, row) => `${name}${String(offset + row)}`) })),
})

describe('rows of a view', () => {
  it('are read once by block and column, and known by their places', async () => {
    const asked: unknown[] = []
    const store = createRowStore((columns, offset, rows) => {
      asked.push([columns, offset])
      return Promise.resolve(page(columns, offset, rows))
    }, () => undefined)
    expect(store.cell(250, 'a')).toBeUndefined()
    expect(await store.load(2, ['a', 'b'])).toBe(100)
    expect(await store.load(2, ['a'])).toBe(100)
    expect(store.missing(180, 250, ['a', 'c'])).toEqual([1, 2])
    expect(store.missing(200, 250, ['a'])).toEqual([])
    await store.load(2, ['a', 'c'])
    expect(asked).toEqual([[['a', 'b'], 200], [['c'], 200]])
    expect(store.cell(250, 'a')).toBe('a250')
    expect(store.cell(299, 'c')).toBe('c299')
    expect(store.milliseconds()).toBe(3)
  })

  it('are asked for again where reading failed', async () => {
    let fails = true
    const store = createRowStore((columns, offset, rows) => (fails ? Promise.reject(new Error('no')) : Promise.resolve(page(columns, offset, rows))), () => undefined)
    await expect(store.load(0, ['a'])).rejects.toThrow('no')
    fails = false
    await store.load(0, ['a'])
    expect(store.cell(0, 'a')).toBe('a0')
  })

  it('are counted once, by a page or otherwise', async () => {
    const told: number[] = []
    const store = createRowStore((columns, offset) => Promise.resolve(page(columns, offset, 7, 7)), (total) => told.push(total))
    expect(store.total()).toBeNull()
    expect(await store.load(0, ['a'])).toBe(7)
    store.count(7)
    expect(store.total()).toBe(7)
    expect(told).toEqual([7])
    store.count(9)
    expect(told).toEqual([7, 9])
  })

  it('are forgotten where there are many', async () => {
    const store = createRowStore((columns, offset, rows) => Promise.resolve(page(columns, offset, rows)), () => undefined)
    for (let block = 0; block < 80; block++) await store.load(block, ['a'])
    expect(store.cell(0, 'a')).toBeUndefined()
    expect(store.cell(7900, 'a')).toBe('a7900')
  })
})
