import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findMatrixTransform, matrixTransforms } from '../../src/main/learn/matrix-transforms/index.ts'
import { createRng } from '../../src/main/base/rng.ts'
import { denseColumns, matrixColumn, type Matrix } from '../../src/main/table/matrix.ts'
import { aboutNumbers } from '../unit/learn/columns.ts'

const DENSE = 4
const SPARSE = 3

/** A matrix of numbers with gaps, a category, and sparse counts. */
function made(rows: number, seed: number, constant = false): Matrix {
  const rng = createRng(seed)
  const data = new Float32Array(rows * DENSE)
  for (let at = 0; at < data.length; at++) data[at] = constant ? 3 : at >= rows * 3 ? rng.below(3) : rng.uniform() < 0.1 ? Number.NaN : rng.normal()
  const starts = new Int32Array(SPARSE + 1)
  const entries: { row: number; value: number }[] = []
  for (let j = 0; j < SPARSE; j++) {
    for (let row = 0; row < rows; row++) if (rng.uniform() < 0.3) entries.push({ row, value: 1 + rng.below(3) })
    starts[j + 1] = entries.length
  }
  return {
    rows,
    columns: [
      ...['a', 'b', 'c'].map((name) => ({ name, source: name, kind: 'numeric' as const })),
      { name: 'd', source: 'd', kind: 'categorical', cardinality: 3 },
      ...['p', 'q', 'r'].map((name) => ({ name, source: 't', kind: 'numeric' as const })),
    ],
    data,
    sparse: { starts, rows: Int32Array.from(entries, ({ row }) => row), values: Float32Array.from(entries, ({ value }) => value) },
  }
}

/** Cells of all columns by name; the sparse ones with their zeros. */
function cells(matrix: Matrix): Record<string, number[]> {
  const width = denseColumns(matrix)
  return Object.fromEntries(
    matrix.columns.map(({ name }, j) => {
      if (j < width) return [name, [...matrixColumn(matrix, j)]]
      const own = Array.from({ length: matrix.rows }, () => 0)
      const { starts = new Int32Array(0), rows = new Int32Array(0), values = new Float32Array(0) } = matrix.sparse ?? {}
      for (let k = starts[j - width] ?? 0; k < (starts[j - width + 1] ?? 0); k++) own[rows[k] ?? 0] = values[k] ?? 0
      return [name, own]
    }),
  )
}

function firstRow(matrix: Matrix): Matrix {
  const all = cells(matrix)
  const width = denseColumns(matrix)
  const entries = matrix.columns.slice(width).map(({ name }) => all[name]?.[0] ?? 0)
  const starts = new Int32Array(entries.length + 1)
  entries.forEach((value, j) => { starts[j + 1] = (starts[j] ?? 0) + (value === 0 ? 0 : 1) })
  const kept = entries.filter((value) => value !== 0)
  return { rows: 1, columns: matrix.columns, data: Float32Array.from({ length: width }, (_, j) => matrixColumn(matrix, j)[0] ?? 0), sparse: { starts, rows: new Int32Array(kept.length), values: Float32Array.from(kept) } }
}

test('ids are unique and found', () => {
  expect(new Set(matrixTransforms.map(({ id }) => id)).size).toBe(matrixTransforms.length)
  for (const transform of matrixTransforms) expect(findMatrixTransform(transform.id)).toBe(transform)
})

const cases = matrixTransforms.flatMap((transform) =>
  (transform.id === 'selection' ? [{}, { by: 'f-test', keep: 2 }, { by: 'chi-squared', share: 0.5 }, { by: 'ranking', ranking: ['t', 'a'], keep: 3 }, { correlation: 0.5 }] : [{}, { components: 2 }, { scale: false }]).map(
    (given) => [transform.id, JSON.stringify(given), transform, given] as const,
  ),
)

describe.each(cases)('%s %s', (_id, _words, transform, given) => {
  const params = transform.params.parse(given)

  test('has words and refuses parameters that it does not know', () => {
    expect(transform.help).toMatch(/\.$/)
    expect(transform.params.safeParse({ nonsense: 1 }).success).toBe(false)
  })

  test('is the same every time, plain JSON, changes nothing, and gives a row alone what it gives for all', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 99 }), (rows, seed) => {
        const matrix = made(rows, seed)
        const before = structuredClone(matrix)
        const fitted = transform.fit(matrix, params, aboutNumbers(rows))
        expect(transform.fit(structuredClone(matrix), params, aboutNumbers(rows))).toEqual(fitted)
        const loaded = transform.fitted.parse(JSON.parse(JSON.stringify(fitted)))
        expect(loaded).toEqual(fitted)
        const all = transform.apply(matrix, params, loaded)
        expect(matrix).toEqual(before)
        expect(all.data.length).toBe(denseColumns(all) * rows)
        const whole = cells(all)
        expect(cells(transform.apply(firstRow(matrix), params, loaded))).toEqual(Object.fromEntries(Object.entries(whole).map(([name, own]) => [name, own.slice(0, 1)])))
        expect(transform.describe(matrix.columns, params, loaded)).not.toBe('')
      }),
      { numRuns: 30 },
    )
  })

  test('takes other rows, constant columns and no rows at all', () => {
    const fitted = transform.fit(made(30, 1), params, aboutNumbers(30))
    for (const rows of [0, 1, 7]) expect(transform.apply(made(rows, 2), params, fitted).rows).toBe(rows)
    const flat = made(20, 3, true)
    expect(transform.apply(flat, params, transform.fit(flat, params, aboutNumbers(20))).rows).toBe(20)
  })
})
