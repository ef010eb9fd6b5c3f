import type { Artifact } from '#shared/domain/artifact.ts'
import { choiceFileSchema, type ChoiceFile } from '#shared/domain/choice.ts'
import { sha256 } from '../../base/hash.ts'
import type { LearningCurvePoint } from '../../learn/tuning/learning-curve.ts'
import type { Choice } from '../../learn/tuning/index.ts'
import type { StageContext } from '../step-kind.ts'

/** What a choice is written down with. */
export type ChoiceFacts = {
  /** True where the estimator was left to the cross-validation. */
  readonly automatic: boolean
  readonly learningCurve: readonly LearningCurvePoint[]
  /** Hashes of the datasets that rows were learnt from and judged by. */
  readonly trainingRows: string
}

/** The choice as a file; without seconds, so that the same data and seed give the same bytes. */
export function choiceText(choice: Choice, { automatic, learningCurve, trainingRows }: ChoiceFacts): string {
  const { reason, validation, members, candidates, folds } = choice
  const table = candidates.map(({ seconds: _, ...candidate }) => candidate)
  const chosen = members.map(({ part, weight }) => ({ label: part.label, weight }))
  const compared = folds === undefined ? null : { key: sha256(`${trainingRows}\n${folds.digest}`), testShare: folds.testShare, scores: folds.scores }
  return `${JSON.stringify({ formatVersion: 1, automatic, chosen, reason, validation: validation ?? null, candidates: table, folds: compared, learningCurve }, null, 2)}\n`
}

/** Why the model of an artifact is what it is; throws where the file is damaged. */
export async function readChoice(model: Artifact<'model'>, ctx: StageContext): Promise<ChoiceFile> {
  return choiceFileSchema.parse(JSON.parse(new TextDecoder().decode(await ctx.readFile(model, 'choice.json'))))
}
