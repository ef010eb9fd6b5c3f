import { createRng, type Rng } from '../src/main/base/rng.ts'
import type { Matrix, SparseBlock, Target } from '../src/main/table/matrix.ts'

/** Rows of a made-up problem, with half as many again to score on. */
export type LinearCase = { readonly name: string; readonly kind: 'logistic' | 'softmax' | 'ridge'; readonly train: Sample; readonly test: Sample }

/** A matrix and its target. */
export type Sample = { readonly matrix: Matrix; readonly target: Target }

const columnsNamed = (count: number): Matrix['columns'] => Array.from({ length: count }, (_, j) => ({ name: `x${j}`, source: `x${j}`, kind: 'numeric' }))

/** A target from scores (rows × outputs): noise is as large as the signal. */
function targetFrom(kind: LinearCase['kind'], scores: readonly Float64Array[], rng: Rng): Target {
  const [first = new Float64Array()] = scores
  if (kind === 'ridge') return { kind: 'numbers', values: first.map((score) => score + rng.normal()) }
  const noisy = scores.map((own) => own.map((score) => score - Math.log(-Math.log(rng.uniform() + 1e-12) + 1e-12)))
  if (kind === 'logistic') return { kind: 'classes', classes: ['no', 'yes'], codes: Int32Array.from(first, (score) => (rng.uniform() < 1 / (1 + Math.exp(-score)) ? 1 : 0)) }
  const codes = Int32Array.from(first, (_, i) => noisy.reduce((best, own, k) => ((own[i] as number) > (noisy[best]?.[i] ?? 0) ? k : best), 0))
  return { kind: 'classes', classes: scores.map((_, k) => `class ${k}`), codes }
}

function weightsOf(columns: number, outputs: number, rng: Rng): readonly Float64Array[] {
  return Array.from({ length: outputs }, () => Float64Array.from({ length: columns }, () => rng.normal() / Math.sqrt(columns)))
}

/** Normal columns, every second one correlated with the one before it. */
function denseSample(kind: LinearCase['kind'], rows: number, weights: readonly Float64Array[], rng: Rng): Sample {
  const columns = weights[0]?.length ?? 0
  const data = new Float32Array(rows * columns)
  for (let at = 0; at < data.length; at++) data[at] = rng.normal() + (Math.floor(at / rows) % 2 === 1 ? 0.7 * (data[at - rows] as number) : 0)
  const scores = weights.map((own) => {
    const out = new Float64Array(rows)
    for (let at = 0; at < data.length; at++) out[at % rows] = (out[at % rows] as number) + (own[Math.floor(at / rows)] as number) * (data[at] as number) * 1.5
    return out
  })
  return { matrix: { rows, columns: columnsNamed(columns), data }, target: targetFrom(kind, scores, rng) }
}

/** Six numbers and one-hot columns of eight categories with 13 levels each, as of a census. */
function oneHotSample(rows: number, weights: Float64Array, rng: Rng): Sample {
  const columns = 6 + 8 * 13
  const data = new Float32Array(rows * columns)
  const scores = new Float64Array(rows)
  const set = (i: number, j: number, value: number): void => {
    data[j * rows + i] = value
    scores[i] = (scores[i] as number) + value * (weights[j] as number) * 5
  }
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < 6; j++) set(i, j, rng.normal())
    for (let c = 0; c < 8; c++) set(i, 6 + c * 13 + Math.floor(13 * rng.uniform() ** 2), 1)
  }
  return { matrix: { rows, columns: columnsNamed(columns), data }, target: targetFrom('logistic', [scores], rng) }
}

/** Rows of about 60 weighted words of a Zipf vocabulary, of length 1 each, as TF-IDF gives them. */
function sparseSample(rows: number, weights: Float64Array, rng: Rng): Sample {
  const columns = weights.length
  const perColumn: { row: number; value: number }[][] = Array.from({ length: columns }, () => [])
  const scores = new Float64Array(rows)
  for (let i = 0; i < rows; i++) {
    const words = new Set(Array.from({ length: 60 }, () => Math.floor(columns ** rng.uniform()) - 1))
    const values = [...words].map((word) => Math.log(2 + word))
    const norm = Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0))
    ;[...words].forEach((word, k) => {
      const value = Math.fround((values[k] as number) / norm)
      perColumn[word]?.push({ row: i, value })
      scores[i] = (scores[i] as number) + value * (weights[word] as number) * 8 * Math.sqrt(columns)
    })
  }
  const starts = new Int32Array(columns + 1)
  perColumn.forEach((entries, j) => {
    starts[j + 1] = (starts[j] as number) + entries.length
  })
  const sparse: SparseBlock = { starts, rows: Int32Array.from(perColumn.flat(), ({ row }) => row), values: Float32Array.from(perColumn.flat(), ({ value }) => value) }
  return { matrix: { rows, columns: columnsNamed(columns), data: new Float32Array(0), sparse }, target: targetFrom('logistic', [scores], rng) }
}

/** The cases for a number of rows: dense ones of 50 columns, a one-hot one with half the rows, a sparse one of 50,000 columns with a fifth. */
export function drawCases(rows: number): readonly LinearCase[] {
  const rng = createRng(17)
  const label = (count: number, columns: number): string => `${count.toLocaleString('en-US')} × ${columns.toLocaleString('en-US')}`
  const pair = (count: number, draw: (rows: number) => Sample): Pick<LinearCase, 'train' | 'test'> => ({ train: draw(count), test: draw(Math.ceil(count / 2)) })
  const one = weightsOf(50, 1, rng)
  const four = weightsOf(50, 4, rng)
  const census = weightsOf(110, 1, rng)[0] as Float64Array
  const words = weightsOf(50_000, 1, rng)[0] as Float64Array
  return [
    { name: `logistic dense ${label(rows, 50)}`, kind: 'logistic', ...pair(rows, (n) => denseSample('logistic', n, one, rng)) },
    { name: `ridge dense ${label(rows, 50)}`, kind: 'ridge', ...pair(rows, (n) => denseSample('ridge', n, one, rng)) },
    { name: `softmax of 4 dense ${label(rows / 2, 50)}`, kind: 'softmax', ...pair(rows / 2, (n) => denseSample('softmax', n, four, rng)) },
    { name: `logistic one-hot ${label(rows / 2, 110)}`, kind: 'logistic', ...pair(rows / 2, (n) => oneHotSample(n, census, rng)) },
    { name: `logistic sparse ${label(rows / 5, 50_000)}`, kind: 'logistic', ...pair(rows / 5, (n) => sparseSample(n, words, rng)) },
  ]
}
