import type { Target } from '../../table/matrix.ts'
import type { TargetSummary } from './model.ts'

/** Class counts, or mean and population deviation, of a target. */
export function summariseTarget(target: Target): TargetSummary {
  if (target.kind === 'classes') {
    const counts = target.classes.map(() => 0)
    for (const code of target.codes) counts[code] = (counts[code] ?? 0) + 1
    return { kind: 'classes', counts }
  }
  const n = target.values.length
  let mean = 0
  for (const value of target.values) mean += value / n
  let largest = 0
  for (const value of target.values) largest = Math.max(largest, Math.abs(value - mean))
  let squares = 0
  for (const value of target.values) squares += ((value - mean) / (largest || 1)) ** 2 / n // scaled first: 1e308 squared overflows
  return { kind: 'numbers', mean, deviation: Math.sqrt(squares) * largest }
}
