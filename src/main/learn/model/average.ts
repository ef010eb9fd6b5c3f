import type { Prediction } from '../../table/matrix.ts'

/** A part of a model and its share of the prediction; shares sum to 1. */
export type Share<T> = { readonly part: T; readonly weight: number }

/** Weighted mean of predictions of the same rows. */
export function averagePredictions(parts: readonly Share<Prediction>[]): Prediction {
  const [first] = parts
  if (first === undefined) throw new Error('Nothing to average')
  if (parts.length === 1) return first.part
  const size = (first.part.kind === 'numbers' ? first.part.values : first.part.probabilities).length
  const mean = new Float64Array(size)
  for (const { part, weight } of parts) {
    const values = part.kind === 'numbers' ? part.values : part.probabilities
    for (let i = 0; i < size; i++) (mean[i] as number) += weight * (values[i] as number)
  }
  return first.part.kind === 'numbers' ? { kind: 'numbers', values: mean } : { ...first.part, probabilities: mean }
}
