import type { Prediction } from '../../table/matrix.ts'
import { outputsOf, type Output } from './problem.ts'

/** Mean cross-entropy of scores (row after row, `outputs` each; logistic: one, of the second class) over a temperature. */
export function crossEntropyOf(link: 'logistic' | 'softmax', scores: Float32Array, target: ArrayLike<number>, outputs: number, temperature: number): number {
  const rows = target.length
  let sum = 0
  for (let i = 0; i < rows; i++) {
    const own = target[i] as number
    if (link === 'logistic') {
      const score = (scores[i] as number) / temperature
      sum += Math.max(score, 0) + Math.log1p(Math.exp(-Math.abs(score))) - own * score
      continue
    }
    let top = -Infinity
    for (let k = 0; k < outputs; k++) top = Math.max(top, scores[i * outputs + k] as number)
    let norm = 0
    for (let k = 0; k < outputs; k++) norm += Math.exp(((scores[i * outputs + k] as number) - top) / temperature)
    sum += Math.log(norm) - ((scores[i * outputs + own] as number) - top) / temperature
  }
  return sum / rows
}

/** Adds one network's probabilities of all classes to `out`, row after row. */
export function addProbabilities(link: 'logistic' | 'softmax', scores: Float32Array, outputs: number, temperature: number, share: number, out: Float64Array): void {
  if (link === 'logistic') {
    for (let i = 0; i < scores.length; i++) {
      const positive = 1 / (1 + Math.exp(-(scores[i] as number) / temperature))
      out[2 * i] = (out[2 * i] as number) + share * (1 - positive)
      out[2 * i + 1] = (out[2 * i + 1] as number) + share * positive
    }
    return
  }
  const exponentials = new Float64Array(outputs)
  for (let from = 0; from < scores.length; from += outputs) {
    let top = -Infinity
    for (let k = 0; k < outputs; k++) top = Math.max(top, scores[from + k] as number)
    let norm = 0
    for (let k = 0; k < outputs; k++) {
      exponentials[k] = Math.exp(((scores[from + k] as number) - top) / temperature)
      norm += exponentials[k] as number
    }
    for (let k = 0; k < outputs; k++) out[from + k] = (out[from + k] as number) + (share * (exponentials[k] as number)) / norm
  }
}

/** Predictions from scores. */
export function predictionOf({ link, classes, scale, shift }: Output, scores: Float32Array, temperature: number): Prediction {
  if (link === 'identity') return { kind: 'numbers', values: Float64Array.from(scores, (score) => score * scale + shift) }
  const outputs = outputsOf({ link, classes })
  const probabilities = new Float64Array((scores.length / outputs) * classes.length)
  addProbabilities(link, scores, outputs, temperature, 1, probabilities)
  return { kind: 'classes', probabilities, classes }
}
