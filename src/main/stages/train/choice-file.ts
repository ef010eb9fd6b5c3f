import { z } from 'zod'
import type { Artifact } from '#shared/domain/artifact.ts'
import type { LearningCurvePoint } from '../../learn/tuning/learning-curve.ts'
import type { Choice } from '../../learn/tuning/index.ts'
import type { StageContext } from '../step-kind.ts'

const scoreSchema = z.object({ mean: z.number(), deviation: z.number() })

const choiceFileSchema = z.object({
  formatVersion: z.literal(1),
  /** True where the estimator was left to the cross-validation. */
  automatic: z.boolean(),
  chosen: z.array(z.object({ label: z.string(), weight: z.number() })),
  reason: z.string(),
  validation: scoreSchema.extend({ metric: z.string(), folds: z.int() }).nullable(),
  candidates: z.array(
    z.object({
      label: z.string(),
      estimator: z.string(),
      params: z.unknown(),
      status: z.string(),
      folds: z.int(),
      mean: z.number().nullable(),
      deviation: z.number().nullable(),
      note: z.string().nullable(),
    }),
  ),
  learningCurve: z.array(z.object({ rows: z.int(), validation: scoreSchema, training: scoreSchema })).default([]),
})

/** `choice.json`: why a model is what it is. */
export type ChoiceFile = z.infer<typeof choiceFileSchema>

/** The choice as a file; without seconds, so that the same data and seed give the same bytes. */
export function choiceText(choice: Choice, automatic: boolean, learningCurve: readonly LearningCurvePoint[]): string {
  const { reason, validation, members, candidates } = choice
  const table = candidates.map(({ seconds: _, ...candidate }) => candidate)
  const chosen = members.map(({ part, weight }) => ({ label: part.label, weight }))
  return `${JSON.stringify({ formatVersion: 1, automatic, chosen, reason, validation: validation ?? null, candidates: table, learningCurve }, null, 2)}\n`
}

/** Why the model of an artifact is what it is; throws where the file is damaged. */
export async function readChoice(model: Artifact<'model'>, ctx: StageContext): Promise<ChoiceFile> {
  return choiceFileSchema.parse(JSON.parse(new TextDecoder().decode(await ctx.readFile(model, 'choice.json'))))
}
