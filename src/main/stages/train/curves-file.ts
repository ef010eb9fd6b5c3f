import { meanCurves, type CurvesFile } from '#shared/domain/curves.ts'
import type { Iteration } from '#shared/domain/measurement.ts'

/** `curves.json`: the losses of the learners that went in rounds, as means over their folds; empty where none did. */
export function curvesText(iterations: readonly Iteration[]): string {
  return `${JSON.stringify({ formatVersion: 1, iterations: meanCurves(iterations) } satisfies CurvesFile)}\n`
}
