import { expect, test } from 'vitest'
import { appendRows } from '../../../src/main/table/append-rows.ts'
import { matrixColumn, type Matrix, type Target } from '../../../src/main/table/matrix.ts'

const columns = ['a', 'b', 'word', 'other'].map((name) => ({ name, source: name, kind: 'numeric' as const }))
const above: Matrix = { rows: 2, columns, data: Float32Array.of(1, 2, 10, 20), sparse: { starts: Int32Array.of(0, 1, 1), rows: Int32Array.of(1), values: Float32Array.of(5) } }
const below: Matrix = { rows: 1, columns, data: Float32Array.of(3, Number.NaN), sparse: { starts: Int32Array.of(0, 1, 2), rows: Int32Array.of(0, 0), values: Float32Array.of(6, 7) } }
const numbers = (...values: number[]): Target => ({ kind: 'numbers', values: Float64Array.from(values) })

test('rows stand below those of the first, dense and sparse', () => {
  const { matrix, target } = appendRows({ matrix: above, target: numbers(1, 2) }, { matrix: below, target: numbers(3) })
  expect(matrix.rows).toBe(3)
  expect([...matrixColumn(matrix, 0)]).toEqual([1, 2, 3])
  expect([...matrixColumn(matrix, 1)]).toEqual([10, 20, Number.NaN])
  expect(matrix.sparse).toEqual({ starts: Int32Array.of(0, 2, 3), rows: Int32Array.of(1, 2, 2), values: Float32Array.of(5, 6, 7) })
  expect(target).toEqual(numbers(1, 2, 3))
})

test('other columns or another kind of target are a defect', () => {
  const short = { rows: 1, columns: columns.slice(0, 1), data: Float32Array.of(3) }
  expect(() => appendRows({ matrix: above, target: numbers(1, 2) }, { matrix: short, target: numbers(3) })).toThrow('other columns')
  const classes: Target = { kind: 'classes', codes: Int32Array.of(0), classes: ['x'] }
  expect(() => appendRows({ matrix: above, target: numbers(1, 2) }, { matrix: below, target: classes })).toThrow('below numbers')
})
