import { matrixColumn, type Matrix } from '../../../table/matrix.ts'
import type { Tables } from './tables.ts'
import { layoutOf } from './tallies.ts'

function addNumbers(values: Float32Array, mean: number, variance: number, out: Float64Array): void {
  if (variance === 0) return
  const constant = -0.5 * Math.log(2 * Math.PI * variance)
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    if (Number.isFinite(value)) out[i] = (out[i] as number) + constant - (0.5 * (value - mean) ** 2) / variance
  }
}

/** Log of the class's share times the likelihood of every row, up to what all classes have in common: classes × rows, class after class. */
export function jointLogs(tables: Tables, matrix: Matrix): Float64Array {
  const { priors, means, variances, codes, words } = tables
  const { numeric, categorical, codes: width, words: sparse } = layoutOf(matrix)
  const n = matrix.rows
  const logs = new Float64Array(priors.length * n)
  priors.forEach((prior, k) => {
    const out = logs.subarray(k * n, (k + 1) * n).fill(prior)
    if (prior === -Infinity) return
    numeric.forEach((column, j) => {
      addNumbers(matrixColumn(matrix, column), means[k * numeric.length + j] as number, variances[k * numeric.length + j] as number, out)
    })
    for (const { column, start, cardinality } of categorical) {
      const cells = matrixColumn(matrix, column)
      for (let i = 0; i < n; i++) {
        const code = cells[i] as number
        if (code >= 0 && code < cardinality) out[i] = (out[i] as number) + (codes[k * width + start + code] as number)
      }
    }
    if (matrix.sparse === undefined) return
    const { starts, rows, values } = matrix.sparse
    for (let j = 0; j < sparse; j++) {
      const weight = words[k * sparse + j] as number
      for (let at = starts[j] as number; at < (starts[j + 1] as number); at++) {
        const row = rows[at] as number
        out[row] = (out[row] as number) + weight * (values[at] as number)
      }
    }
  })
  return logs
}

/** Class probabilities, row after row, of joint logs times `sharpness` (1: as they are). */
export function probabilitiesOf(logs: Float64Array, classes: number, sharpness: number): Float64Array {
  const n = logs.length / classes
  const probabilities = new Float64Array(logs.length)
  for (let i = 0; i < n; i++) {
    let top = -Infinity
    for (let k = 0; k < classes; k++) top = Math.max(top, logs[k * n + i] as number)
    let norm = 0
    for (let k = 0; k < classes; k++) {
      const e = Math.exp(sharpness * ((logs[k * n + i] as number) - top))
      probabilities[i * classes + k] = e
      norm += e
    }
    for (let k = 0; k < classes; k++) probabilities[i * classes + k] = (probabilities[i * classes + k] as number) / norm
  }
  return probabilities
}
