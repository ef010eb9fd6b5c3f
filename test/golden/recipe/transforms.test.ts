import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { createRng } from '../../../src/main/base/rng.ts'
import { project, truncatedSvd } from '../../../src/main/learn/algebra/truncated-svd.ts'
import { findMatrixTransform } from '../../../src/main/learn/matrix-transforms/index.ts'
import { cellsOfColumns, chiSquared, fTest } from '../../../src/main/learn/matrix-transforms/scores.ts'
import { findTransform } from '../../../src/main/learn/transforms/index.ts'
import type { Column } from '../../../src/main/table/column.ts'
import { matrixColumn, type Matrix, type Target } from '../../../src/main/table/matrix.ts'
import { aboutNumbers, categories, cellsOf, madeCells, numbers } from '../../unit/learn/columns.ts'

const cellList = z.array(z.number().nullable())
const numberList = z.array(z.number())
const rowList = z.array(numberList)
const golden = z
  .object({
    yeoJohnson: z.array(z.object({ name: z.string(), cells: cellList, lambda: z.number(), made: cellList })),
    quantile: z.object({ cells: numberList, new: numberList, made: numberList }),
    tfIdf: z.object({
      texts: z.array(z.string()),
      cases: z.array(z.object({ params: z.record(z.string(), z.unknown()), terms: z.array(z.string()), weights: rowList })),
    }),
    targetEncode: z.object({ levels: z.array(z.string()), target: numberList, mean: z.number(), means: z.record(z.string(), z.object({ auto: z.number(), ten: z.number() })) }),
    pca: z.object({ rows: rowList, shares: numberList, made: rowList }),
    scores: z.object({ codes: numberList, number: numberList, counts: rowList, fClasses: numberList, fNumbers: numberList, chiSquared: numberList }),
    svd: z.object({ singular: numberList, made: rowList }),
  })
  .parse(JSON.parse(readFileSync(new URL('transforms.json', import.meta.url), 'utf8')))

function fitted(id: string, given: object, column: Column, about = aboutNumbers(column.kind === 'number' ? column.values.length : column.codes.length)) {
  const transform = findTransform(id)
  if (transform === undefined) throw new Error(id)
  const params = transform.params.parse(given)
  const learnt = transform.fit(column, params, about)
  return { learnt, on: (other: Column) => [...transform.apply(other, params, learnt)] }
}

/** Largest difference, relative to the larger of the two and 1. */
function difference(found: readonly (number | string | null)[], expected: readonly (number | null)[]): number {
  expect(found.length).toBe(expected.length)
  return Math.max(0, ...expected.map((value, at) => (value === null ? (found[at] === null ? 0 : Infinity) : Math.abs(value - Number(found[at] ?? Number.NaN)) / Math.max(1, Math.abs(value)))))
}

function matrixOf(rows: readonly (readonly number[])[]): Matrix {
  const width = rows[0]?.length ?? 0
  const columns = Array.from({ length: width }, (_, j) => ({ name: `x${j}`, source: `x${j}`, kind: 'numeric' as const }))
  return { rows: rows.length, columns, data: Float32Array.from({ length: rows.length * width }, (_, at) => rows[at % rows.length]?.[Math.floor(at / rows.length)] ?? Number.NaN) }
}

describe('columns, as scikit-learn makes them', () => {
  test.each(golden.yeoJohnson.map((one) => [one.name, one] as const))('yeo-johnson: %s', (_name, { cells, lambda, made }) => {
    const { learnt, on } = fitted('yeo-johnson', {}, numbers('x', cells))
    expect(Math.abs((learnt as { lambda: number }).lambda - lambda)).toBeLessThan(1e-6)
    expect(difference(madeCells(on(numbers('x', cells)))['x'] ?? [], made)).toBeLessThan(1e-6)
  })

  test('quantile', () => {
    const { cells, new: rows, made } = golden.quantile
    expect(difference(madeCells(fitted('quantile', { quantiles: 40 }, numbers('x', cells)).on(numbers('x', rows)))['x'] ?? [], made)).toBeLessThan(1e-9)
  })

  test.each(golden.tfIdf.cases.map((one) => [JSON.stringify(one.params), one] as const))('tf-idf %s', (_name, { params, terms, weights }) => {
    const given = { analyzer: params['analyzer'], ngrams: params['ngram_range'], minRows: params['min_df'], maxShare: params['max_df'], sublinear: params['sublinear_tf'], stopWords: params['stop_words'] }
    const texts = categories('t', golden.tfIdf.texts)
    const { learnt, on } = fitted('tf-idf', given, texts)
    expect((learnt as { terms: string[] }).terms).toEqual(terms)
    const made = Object.values(madeCells(on(texts)))
    made.forEach((cells, j) => { expect(difference(cells, weights[j] ?? [])).toBeLessThan(1e-6) }) // single precision
    // The same rows with texts that no cell of training shares a dictionary with.
    const apart = madeCells(on(categories('t', ['zebra', ...golden.tfIdf.texts])))
    expect(Object.values(apart).map((cells) => cells.slice(1))).toEqual(made)
  })

  test('target-encode', () => {
    const { levels, target, mean, means } = golden.targetEncode
    const about = { target: { kind: 'numbers', values: Float64Array.from(target) }, rng: createRng(1) } as const
    const known = Object.keys(means)
    for (const [smoothing, key] of [['auto', 'auto'], [10, 'ten']] as const) {
      const made = madeCells(fitted('target-encode', { smoothing }, categories('x', levels), about).on(categories('x', [...known, 'unseen', null])))
      expect(difference(made['x (target)'] ?? [], [...known.map((level) => means[level]?.[key] ?? 0), mean, mean])).toBeLessThan(1e-12)
    }
  })
})

describe('matrices, as scikit-learn makes them', () => {
  const matrix = matrixOf(golden.pca.rows)

  test('principal components, up to their signs', () => {
    const pca = findMatrixTransform('pca')
    const params = pca?.params.parse({ scale: false, variance: 1 })
    const learnt = pca?.fit(matrix, params, aboutNumbers(50)) as { shares: number[] }
    expect(difference(learnt.shares, golden.pca.shares)).toBeLessThan(1e-6)
    const made = pca?.apply(matrix, params, learnt) ?? matrix
    golden.pca.shares.forEach((_, j) => {
      const expected = golden.pca.made.map((row) => row[j] ?? 0)
      const found = [...matrixColumn(made, j)]
      const sign = Math.sign((found[0] ?? 0) * (expected[0] ?? 0))
      expect(difference(found, expected.map((value) => sign * value))).toBeLessThan(2e-6) // single precision
    })
  })

  test('F of classes and of numbers, chi-squared', () => {
    const { codes, number, counts, fClasses, fNumbers, chiSquared: expected } = golden.scores
    const classes: Target = { kind: 'classes', codes: Int32Array.from(codes), classes: ['a', 'b', 'c'] }
    const values: Target = { kind: 'numbers', values: Float64Array.from(number) }
    expect(difference(Array.from(cellsOfColumns(matrix), (cells) => fTest(cells, classes)), fClasses)).toBeLessThan(1e-5) // cells are single precision
    expect(difference(Array.from(cellsOfColumns(matrix), (cells) => fTest(cells, values)), fNumbers)).toBeLessThan(1e-5)
    expect(difference(Array.from(cellsOfColumns(matrixOf(counts)), (cells) => chiSquared(cells, classes)), expected)).toBeLessThan(1e-9)
  })

  test('truncated singular value decomposition', () => {
    const { counts } = golden.scores
    const dense = matrixOf(counts)
    const starts = Int32Array.from({ length: 6 }, (_, j) => j * 50)
    const block = { starts, rows: Int32Array.from({ length: 250 }, (_, k) => k % 50), values: dense.data }
    const found = truncatedSvd(block, 50, 3, createRng(2))
    const made = project(block, 50, found.directions, 3)
    made.forEach((cells, c) => {
      expect(Math.sqrt(cells.reduce((sum, value) => sum + value ** 2, 0))).toBeCloseTo(golden.svd.singular[c] ?? 0, 6)
      expect(difference([...cells].map(Math.abs), golden.svd.made.map((row) => row[c] ?? 0))).toBeLessThan(1e-6)
    })
    expect(cellsOf({ kind: 'number', name: 'c', values: made[0] ?? new Float64Array(0) })).toHaveLength(50)
  })
})
