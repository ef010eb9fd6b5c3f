import { z } from 'zod'
import type { Iteration } from './measurement.ts'

const losses = z.array(z.number().nullable()).readonly()

/** Losses of a learner after each of its rounds, as means over the folds. */
export const iterationCurveSchema = z
  .object({
    learner: z.string(),
    loss: z.string(),
    /** Folds that it went through so far. */
    folds: z.int(),
    /** Rounds done at each point, ascending. */
    iterations: z.array(z.int()).readonly(),
    training: losses,
    validation: losses,
    /** Rounds with the least loss on held-out rows; null where none were held out. */
    best: z.int().nullable(),
  })
  .readonly()

/** Losses of a learner after each of its rounds. */
export type IterationCurve = z.infer<typeof iterationCurveSchema>

/** `curves.json`: what was measured while a model was fitted. */
export const curvesFileSchema = z.object({ formatVersion: z.literal(1), iterations: z.array(iterationCurveSchema) })

/** `curves.json`. */
export type CurvesFile = z.infer<typeof curvesFileSchema>

type Part = 'training' | 'validation'

/**
 * One curve per learner. A fold that has stopped stays at its last loss, as the choice of the rounds takes it; a fold that
 * still runs (`live`: the last one) counts as far as it has come.
 */
export function meanCurves(iterations: readonly Iteration[], live = false): IterationCurve[] {
  const learners = Map.groupBy(iterations, ({ learner, loss }) => `${learner}\n${loss}`)
  return [...learners.values()].map((points) => curveOf(points, live))
}

function curveOf(points: readonly Iteration[], live: boolean): IterationCurve {
  const folds = [...Map.groupBy(points, ({ fold }) => fold)].toSorted(([a], [b]) => a - b).map(([, own]) => own.toSorted((a, b) => a.iteration - b.iteration))
  const length = Math.max(...folds.map((own) => own.length))
  const at = [...Array(length).keys()]
  const mean = (part: Part, index: number): number | null => {
    const reached = folds.filter((own, fold) => index < own.length || !(live && fold === folds.length - 1))
    const values = reached.map((own) => own[Math.min(index, own.length - 1)]?.[part] ?? null)
    if (values.length === 0 || values.some((value) => value === null)) return null
    return values.reduce<number>((sum, value) => sum + (value ?? 0), 0) / values.length
  }
  const validation = at.map((index) => mean('validation', index))
  const least = validation.reduce<number | null>((best, value, index) => (value !== null && (best === null || value < (validation[best] ?? Infinity)) ? index : best), null)
  const longest = folds.find((own) => own.length === length) ?? []
  return {
    learner: points[0]?.learner ?? '',
    loss: points[0]?.loss ?? '',
    folds: folds.length,
    iterations: longest.map(({ iteration }) => iteration),
    training: at.map((index) => mean('training', index)),
    validation,
    best: least === null ? null : (longest[least]?.iteration ?? null),
  }
}
