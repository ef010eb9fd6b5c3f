import type { ParameterOverride } from '#shared/domain/pipeline.ts'
import type { Job } from '../workers/job.ts'
import { planPipeline, type Plan } from './plan.ts'
import { checkPipeline } from './read-pipeline.ts'
import { loadStepKinds } from './step-kinds.ts'

/** A pipeline's text to plan; `file` is its path as messages shall name it. */
export type PlanInput = {
  /** Module that exports `stepKinds`. */
  readonly registry: string
  readonly text: string
  readonly file: string
  readonly overrides: readonly ParameterOverride[]
}

/** Checks a pipeline's text and plans it; throws `invalid-pipeline` where it may not run. */
const planText: Job<PlanInput, Plan> = async ({ registry, text, file, overrides }) => {
  const kinds = await loadStepKinds(new URL(registry))
  return planPipeline(checkPipeline(text, file, kinds, overrides), { kinds })
}

export default planText
