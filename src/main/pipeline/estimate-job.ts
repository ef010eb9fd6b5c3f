import type { Artifact } from '#shared/domain/artifact.ts'
import type { Estimate } from '../stages/step-kind.ts'
import type { Job } from '../workers/job.ts'
import { loadStepKinds } from './step-kinds.ts'

/** A step whose needs are asked for; `params` after defaults. */
export type EstimateInput = {
  /** Module that exports `stepKinds`. */
  readonly registry: string
  /** Id of the step kind. */
  readonly uses: string
  readonly params: Readonly<Record<string, unknown>>
  readonly inputs: Readonly<Record<string, Artifact | undefined>>
  /** Total size of its external files. */
  readonly externalBytes: number
}

/** What a step will need at its peak, as its kind estimates it. */
const estimateStep: Job<EstimateInput, Estimate> = async ({ registry, uses, params, inputs, externalBytes }) => {
  const kind = (await loadStepKinds(new URL(registry))).get(uses)
  if (kind === undefined) throw new Error(`No step kind "${uses}" in ${registry}`)
  return kind.estimate({ params, inputs: inputs as never, externalBytes })
}

export default estimateStep
