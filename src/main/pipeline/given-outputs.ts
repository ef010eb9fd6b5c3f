import type { ArtifactKind } from '#shared/domain/artifact.ts'
import type { PipelineStep } from '#shared/domain/pipeline.ts'
import type { StepKind } from '../stages/step-kind.ts'

/** What a step gives, by name: what steps of its kind always give, and what its parameters ask for besides. */
export function givenOutputs({ params }: Pick<PipelineStep, 'params'>, kind: StepKind | undefined): Readonly<Record<string, ArtifactKind>> {
  if (kind?.optionalOutputs === undefined) return kind?.outputs ?? {}
  const parsed = kind.params.safeParse(params)
  if (!parsed.success) return kind.outputs
  const asked = Object.entries(kind.optionalOutputs).filter(([, output]) => output.asked(parsed.data))
  return { ...kind.outputs, ...Object.fromEntries(asked.map(([name, output]) => [name, output.kind])) }
}
