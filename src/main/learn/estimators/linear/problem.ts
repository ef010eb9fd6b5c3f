import type { Target } from '../../../table/matrix.ts'
import type { KernelPool } from '../../../wasm/kernel-pool.ts'
import { logisticLoss, softmaxLoss } from './class-loss.ts'
import { squaredLoss, type Loss } from './loss.ts'
import type { LinearState } from './state.ts'

/** What is to be minimised for a target, and how to read the scores. */
export type Problem = Pick<LinearState, 'link' | 'classes' | 'outputs'> & {
  readonly loss: Loss
  readonly strata: Int32Array | undefined
  /** Scores times `scale` plus `shift` are in the target's units. */
  readonly scale: number
  readonly shift: number
}

function meanOf(values: Float64Array): number {
  const n = values.length
  let sum = 0
  for (let i = 0; i < n; i++) sum += values[i] as number
  if (Number.isFinite(sum)) return sum / n
  return values.reduce((mean, value) => mean + value / n, 0) // the sum overflows, shares of it do not
}

function regressionProblem(values: Float64Array): Problem {
  const n = values.length
  const mean = meanOf(values)
  let largest = 0
  for (let i = 0; i < n; i++) largest = Math.max(largest, Math.abs((values[i] as number) - mean))
  const unit = 1 / (largest || 1)
  const by = Number.isFinite(unit) ? unit : 1 // a target of subnormal numbers counts as constant
  let squares = 0
  for (let i = 0; i < n; i++) squares += (((values[i] as number) - mean) * by) ** 2 // scaled first: 1e308 squared overflows
  const scale = Math.sqrt(squares / n) * largest || 1
  const loss = squaredLoss(values.map((value) => (value - mean) / scale))
  return { link: 'identity', classes: [], outputs: [], loss, strata: undefined, scale, shift: mean }
}

function classProblem(codes: Int32Array, classes: readonly string[], pool: KernelPool): Problem {
  const seen = new Set(codes)
  const present = classes.map((_, code) => code).filter((code) => seen.has(code))
  const shape = { classes, strata: codes, scale: 1, shift: 0 }
  if (classes.length === 2 && present.length === 2) return { ...shape, link: 'logistic', outputs: [], loss: logisticLoss(codes, pool) }
  const place = new Map(present.map((code, at) => [code, at]))
  const loss = softmaxLoss(codes.map((code) => place.get(code) ?? 0), present.length, pool)
  return { ...shape, link: 'softmax', outputs: present, loss }
}

/** Squared loss of a target of mean 0 and deviation 1, logistic loss of two classes, softmax of more; theirs keep working space in the memory of `pool`. */
export function problemOf(target: Target, pool: KernelPool): Problem {
  return target.kind === 'numbers' ? regressionProblem(target.values) : classProblem(target.codes, target.classes, pool)
}
