import type { Task } from '#shared/domain/task.ts'
import type { Prediction, Target } from '../../table/matrix.ts'

/** A number that says how good predictions are. */
export type Metric = {
  /** Stable id that reports and the `--json` output hold, e.g. `roc_auc`. */
  readonly id: string
  readonly label: string
  readonly tasks: readonly Task[]
  readonly greaterIsBetter: boolean
  /** What it says, in one or two sentences. */
  readonly help: string
  /**
   * What can be prepared once for rows that are then counted differently often: the metric of rows that count `weights[row]` times each, once if not
   * given; undefined where these rows do not define it (no rows, one class only …). Throws where target and prediction do not fit together.
   */
  prepare(target: Target, prediction: Prediction): (weights?: RowWeights) => number | undefined
  /** The metric over all rows; undefined where these rows do not define it. */
  compute(target: Target, prediction: Prediction): number | undefined
}

/** How often each row counts. */
export type RowWeights = Uint16Array

/** A metric from what it can prepare. */
export function defineMetric(metric: Omit<Metric, 'compute'>): Metric {
  return { ...metric, compute: (target, prediction) => metric.prepare(target, prediction)() }
}

/** Sum of the values and number of rows, each row as often as it counts. */
export function weightedSum(values: Float64Array, weights: RowWeights | undefined): { readonly sum: number; readonly rows: number } {
  let sum = 0
  if (weights === undefined) {
    for (let row = 0; row < values.length; row++) sum += values[row] as number
    return { sum, rows: values.length }
  }
  let rows = 0
  for (let row = 0; row < values.length; row++) {
    const weight = weights[row] as number
    if (weight === 0) continue // an infinite value of a row that does not count is not there
    sum += weight * (values[row] as number)
    rows += weight
  }
  return { sum, rows }
}

/** The mean of one value per row as a metric; undefined without rows. */
export function meanMetric(values: Float64Array): (weights?: RowWeights) => number | undefined {
  return (weights) => {
    const { sum, rows } = weightedSum(values, weights)
    return rows === 0 ? undefined : sum / rows
  }
}

/** Classes of the target and of the prediction brought together. */
export type ClassView = {
  readonly rows: number
  /** Classes the model knows, then those that only the target has. */
  readonly classes: readonly string[]
  /** Index of the true class per row. */
  readonly truth: Int32Array
  /** Index of the most probable class per row; the first of equals. */
  readonly guess: Int32Array
  /** Probability of `classes[k]` for row `i`; 0 for a class the model does not know. */
  probability(row: number, index: number): number
}

/** Index of the most probable class of each row; the first of equals. */
export function mostProbable(probabilities: Float64Array, classes: number): Int32Array {
  const guess = new Int32Array(classes === 0 ? 0 : probabilities.length / classes)
  for (let row = 0; row < guess.length; row++) {
    let best = 0
    for (let k = 1; k < classes; k++) {
      if ((probabilities[row * classes + k] as number) > (probabilities[row * classes + best] as number)) best = k
    }
    guess[row] = best
  }
  return guess
}

/** Target and prediction of a classification side by side; classes are matched by name. Throws on a mixed task or unequal lengths. */
export function classView(target: Target, prediction: Prediction): ClassView {
  if (target.kind !== 'classes' || prediction.kind !== 'classes') throw new Error('A classification metric needs classes')
  const known = prediction.classes
  const rows = target.codes.length
  if (prediction.probabilities.length !== rows * known.length) throw new Error('Target and prediction differ in length')
  const indexOf = new Map(known.map((name, index) => [name, index]))
  const unknown = target.classes.filter((name) => !indexOf.has(name))
  const classes = [...known, ...unknown]
  const position = target.classes.map((name) => classes.indexOf(name))
  return {
    rows,
    classes,
    truth: target.codes.map((code) => position[code] ?? -1),
    guess: mostProbable(prediction.probabilities, known.length),
    probability: (row, index) => (index < 0 || index >= known.length ? 0 : (prediction.probabilities[row * known.length + index] as number)),
  }
}

/** Target and prediction of a regression side by side. Throws on a mixed task or unequal lengths. */
export function numberView(target: Target, prediction: Prediction): { readonly truth: Float64Array; readonly guess: Float64Array } {
  if (target.kind !== 'numbers' || prediction.kind !== 'numbers') throw new Error('A regression metric needs numbers')
  if (target.values.length !== prediction.values.length) throw new Error('Target and prediction differ in length')
  return { truth: target.values, guess: prediction.values }
}

/** For one class: 1 where it is the true one, and its probability, per row. */
export function oneClass(view: ClassView, index: number): { readonly positive: Uint8Array; readonly score: Float64Array } {
  const positive = new Uint8Array(view.rows)
  const score = new Float64Array(view.rows)
  for (let row = 0; row < view.rows; row++) {
    positive[row] = view.truth[row] === index ? 1 : 0
    score[row] = view.probability(row, index)
  }
  return { positive, score }
}

/** Index of the positive class of a binary task. */
export const POSITIVE = 1
