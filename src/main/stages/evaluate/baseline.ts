import type { Model } from '../../learn/model/model.ts'
import type { Prediction } from '../../table/matrix.ts'

/** What somebody would predict who knows the training target and nothing about the rows, with that said in words. */
export type BaselinePrediction = { readonly description: string; readonly prediction: Prediction }

/** The baseline of a model: class frequencies, or the mean, of its training rows, the same for each of `rows` rows. */
export function baselinePrediction({ baseline, classes }: Pick<Model, 'baseline' | 'classes'>, rows: number): BaselinePrediction {
  if (baseline.kind === 'numbers') {
    return {
      description: 'always predicting the mean of the training rows',
      prediction: { kind: 'numbers', values: new Float64Array(rows).fill(baseline.mean) },
    }
  }
  const total = baseline.counts.reduce((sum, count) => sum + count, 0)
  const probabilities = new Float64Array(rows * classes.length)
  for (let at = 0; at < probabilities.length; at++) probabilities[at] = (baseline.counts[at % classes.length] ?? 0) / total
  return { description: 'always guessing the most common class of the training rows', prediction: { kind: 'classes', probabilities, classes } }
}
