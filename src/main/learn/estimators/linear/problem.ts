import type { Target } from '../../../table/matrix.ts'
import { logisticLoss, softmaxLoss, squaredLoss, type Loss } from './loss.ts'
import type { LinearState } from './state.ts'

/** What is to be minimised for a target, and how to read the scores. */
export type Problem = Pick<LinearState, 'link' | 'classes' | 'outputs'> & {
  readonly loss: Loss
  readonly strata: Int32Array | undefined
  /** Scores times `scale` plus `shift` are in the target's units. */
  readonly scale: number
  readonly shift: number
}

function regressionProblem(values: Float64Array): Problem {
  const n = values.length
  let mean = 0
  for (const value of values) mean += value / n
  let largest = 0
  for (const value of values) largest = Math.max(largest, Math.abs(value - mean))
  let squares = 0
  for (const value of values) squares += ((value - mean) / (largest || 1)) ** 2 / n // scaled first: 1e308 squared overflows
  const scale = Math.sqrt(squares) * largest || 1
  const loss = squaredLoss(values.map((value) => (value - mean) / scale))
  return { link: 'identity', classes: [], outputs: [], loss, strata: undefined, scale, shift: mean }
}

function classProblem(codes: Int32Array, classes: readonly string[]): Problem {
  const seen = new Set(codes)
  const present = classes.map((_, code) => code).filter((code) => seen.has(code))
  const shape = { classes, strata: codes, scale: 1, shift: 0 }
  if (classes.length === 2 && present.length === 2) return { ...shape, link: 'logistic', outputs: [], loss: logisticLoss(codes) }
  const place = new Map(present.map((code, at) => [code, at]))
  const loss = softmaxLoss(codes.map((code) => place.get(code) ?? 0), present.length)
  return { ...shape, link: 'softmax', outputs: present, loss }
}

/** Squared loss of a target of mean 0 and deviation 1, logistic loss of two classes, softmax of more. */
export function problemOf(target: Target): Problem {
  return target.kind === 'numbers' ? regressionProblem(target.values) : classProblem(target.codes, target.classes)
}
