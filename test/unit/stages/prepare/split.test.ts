import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Goal } from '#shared/domain/task.ts'
import { createRng } from '../../../../src/main/base/rng.ts'
import { sha256File } from '../../../../src/main/base/hash.ts'
import { chooseTestRows } from '../../../../src/main/stages/prepare/choose-test-rows.ts'
import { splitStep } from '../../../../src/main/stages/prepare/split.ts'
import { failure, useDataFolder } from '../../data/data-folder.ts'
import { dataSteps } from './data-steps.ts'

const folder = useDataFolder()
const goal: Goal = { task: 'multiclass-classification', target: 'y' }

function table(classes: Readonly<Record<string, number>>): string {
  const rows = Object.entries(classes).flatMap(([name, count]) => Array.from({ length: count }, () => name))
  return `x,y\n${rows.map((name, row) => `${row},${name}`).join('\n')}\n`
}

function counts(cells: readonly (string | null)[]): Record<string, number> {
  return Object.fromEntries(Object.entries(Object.groupBy(cells, (cell) => cell ?? '')).map(([name, group]) => [name, group?.length ?? 0]))
}

describe('prepare/split', () => {
  it('keeps every row once, in order, with the proportions of the classes', async () => {
    const steps = dataSteps(folder, goal)
    const { train, test } = await steps.run(splitStep, { test: 0.25 }, await steps.ingest(table({ a: 60, b: 32, c: 8 })))
    expect(counts(await steps.cells(test, 'y'))).toEqual({ a: 15, b: 8, c: 2 })
    expect(counts(await steps.cells(train, 'y'))).toEqual({ a: 45, b: 24, c: 6 })
    const [trainRows, testRows] = [await steps.cells(train, 'x'), await steps.cells(test, 'x')].map((cells) => cells.map(Number))
    expect(trainRows).toEqual(trainRows?.toSorted((a, b) => a - b))
    expect(testRows).toEqual(testRows?.toSorted((a, b) => a - b))
    expect([...(trainRows ?? []), ...(testRows ?? [])].toSorted((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, row) => row))
    expect(train?.meta).toMatchObject({ rows: 75, schema: { columns: [{ name: 'x', distinct: 75 }, { name: 'y', distinct: 3 }] } })
  })

  it('gives the same bytes for the same seed and other rows for another', async () => {
    const text = table({ a: 500, b: 300 })
    const hashes = async (pipelineSeed: number, params: Record<string, unknown>): Promise<string> => {
      const steps = dataSteps(folder, goal, pipelineSeed)
      const { test } = await steps.run(splitStep, params, await steps.ingest(text))
      return sha256File(`${test?.path}/data.parquet`)
    }
    const first = await hashes(1, {})
    expect(await hashes(1, {})).toBe(first)
    expect(await hashes(2, {})).not.toBe(first)
    expect(await hashes(2, { seed: 9 })).toBe(await hashes(1, { seed: 9 }))
  })

  it('keeps a class with one row for training', async () => {
    const steps = dataSteps(folder, goal)
    const { train, test } = await steps.run(splitStep, { test: 0.5 }, await steps.ingest(table({ a: 10, rare: 1, b: 9 })))
    expect(counts(await steps.cells(train, 'y'))['rare']).toBe(1)
    expect(test?.meta.rows).toBe(10)
  })

  it('splits two rows into one and one, and refuses one row', async () => {
    const steps = dataSteps(folder)
    const { train, test } = await steps.run(splitStep, { test: 0.01 }, await steps.ingest('a,b\n1,x\n2,y\n'))
    expect([train?.meta.rows, test?.meta.rows]).toEqual([1, 1])
    expect((await failure(steps.run(splitStep, {}, await steps.ingest('a,b\n1,x\n')))).headline).toBe('There are too few rows to split')
  })

  it('refuses a target that cannot be learnt or held out', async () => {
    const steps = dataSteps(folder, goal)
    const binary = dataSteps(folder, { task: 'binary-classification', target: 'y' })
    expect((await failure(steps.run(splitStep, {}, await steps.ingest(table({ only: 5 }))))).headline).toBe('The target "y" is always the same')
    expect(await failure(binary.run(splitStep, {}, await binary.ingest(table({ a: 9, b: 1 }))))).toMatchObject({
      headline: 'The class "b" has a single row',
      details: { row: 10, column: 'y', value: 'b' },
    })
    expect((await failure(steps.run(splitStep, {}, await steps.ingest(table({ a: 1, b: 1, c: 1 }))))).headline).toBe('No row can be held out for testing')
    expect((await failure(steps.run(splitStep, {}, await steps.ingest('x,z\n1,2\n2,3\n')))).message).toContain('"y"')
  })
})

describe('chooseTestRows', () => {
  it('takes the exact share of rows, leaves every class some for training, and depends only on its arguments', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(4), { minLength: 2, maxLength: 300 }), fc.double({ min: 0.01, max: 0.99, noNaN: true }), fc.nat(1000), (codes, fraction, seed) => {
        const groups = Int32Array.from(codes)
        const mask = chooseTestRows(codes.length, fraction, groups, createRng(seed))
        expect(chooseTestRows(codes.length, fraction, groups, createRng(seed))).toEqual(mask)
        const sizes = Object.values(Object.groupBy(codes.map((code, row) => ({ code, row })), ({ code }) => code)).map((group) => ({
          all: group?.length ?? 0,
          test: group?.filter(({ row }) => mask[row] === 1).length ?? 0,
        }))
        const room = sizes.reduce((sum, { all }) => sum + all - 1, 0)
        const wanted = Math.min(codes.length - 1, Math.max(1, Math.round(codes.length * fraction)), room)
        expect(sizes.reduce((sum, { test }) => sum + test, 0)).toBe(wanted)
        for (const { all, test } of sizes) expect(test).toBeLessThan(all)
        const plain = chooseTestRows(codes.length, fraction, undefined, createRng(seed))
        expect(plain.reduce((sum, bit) => sum + bit, 0)).toBe(Math.min(codes.length - 1, Math.max(1, Math.round(codes.length * fraction))))
      }),
    )
  })
})
