import { describe, expect, it } from 'vitest'
import { sharedFloat64, sharedInt32, takeRows, type Column } from '../../../src/main/table/column.ts'
import { columnOf, selectRows } from '../../../src/main/table/table.ts'

const age: Column = { kind: 'number', name: 'age', values: sharedFloat64(3) }
age.values.set([31, Number.NaN, 58])
const city: Column = { kind: 'category', name: 'city', codes: sharedInt32(3), categories: ['Ulm', 'Graz'] }
city.codes.set([1, -1, 0])

describe('takeRows', () => {
  it('keeps missing values and the dictionary, in the order asked for', () => {
    const rows = Int32Array.of(2, 1, 2)
    expect(takeRows(age, rows)).toMatchObject({ name: 'age', values: Float64Array.of(58, Number.NaN, 58) })
    expect(takeRows(city, rows)).toMatchObject({ codes: Int32Array.of(0, -1, 0), categories: ['Ulm', 'Graz'] })
  })

  it('puts its result on memory that threads share', () => {
    const taken = takeRows(age, Int32Array.of(0))
    expect(taken.kind === 'number' && taken.values.buffer instanceof SharedArrayBuffer).toBe(true)
  })
})

describe('selectRows', () => {
  it('takes the same rows of every column', () => {
    const table = selectRows({ rows: 3, columns: [age, city] }, Int32Array.of(2, 0))
    expect(table.rows).toBe(2)
    expect(columnOf(table, 'age')).toMatchObject({ values: Float64Array.of(58, 31) })
    expect(columnOf(table, 'city')).toMatchObject({ codes: Int32Array.of(0, 1) })
  })
})
