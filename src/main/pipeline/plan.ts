import type { Goal } from '#shared/domain/task.ts'
import type { Pipeline, PipelineStep } from '#shared/domain/pipeline.ts'
import type { BackendWish } from '../compute/backend.ts'
import type { ComputeNeeds, StepKind } from '../stages/step-kind.ts'
import type { SettledBackend } from './backend/settle-backends.ts'
import { bindInputs } from './bind-inputs.ts'
import type { Binding } from './binding.ts'
import { inOrder } from './step-order.ts'

/** What a run needs to know of a step's kind; plain data, because plans are made in worker threads. */
export type PlannedKind = Pick<StepKind, 'id' | 'version' | 'inputs' | 'outputs' | 'usesGoal' | 'usesSeed'> & {
  /** True where external files may be folders and patterns. */
  readonly readsFolders: boolean
  /** The dataset version of the project that the step hands on; undefined where it runs something. */
  readonly stored: ReturnType<NonNullable<StepKind['stored']>> | undefined
}

/** A step that is ready to run as soon as its inputs are. */
export type PlannedStep = PipelineStep & {
  readonly kind: PlannedKind
  /** Parameters after defaults. */
  readonly settled: Readonly<Record<string, unknown>>
  readonly inputs: Readonly<Record<string, Binding | undefined>>
  /** What its neural networks ask of a backend; undefined where it trains none. */
  readonly computes: ComputeNeeds | undefined
  /** What it computes on, once that is settled on this machine. */
  readonly backend?: SettledBackend
  /** Paths as the parameters name them, relative to the pipeline file. */
  readonly externalFiles: readonly string[]
}

/** What will run, in order. */
export type Plan = { readonly name: string; readonly goal: Goal | undefined; readonly seed: number; readonly backend: BackendWish; readonly steps: readonly PlannedStep[] }

/** Orders the steps of a pipeline that passed the lint and binds their inputs; pure. */
export function planPipeline(pipeline: Pipeline, facts: { readonly kinds: ReadonlyMap<string, StepKind> }): Plan {
  const steps = inOrder(pipeline.steps).map((step): PlannedStep => {
    const kind = facts.kinds.get(step.uses)
    if (kind === undefined) throw new Error(`No step kind "${step.uses}": lint the pipeline before planning it`)
    const settled = kind.params.parse(step.params)
    const { id, version, inputs, outputs, usesGoal, usesSeed, readsFolders = false } = kind
    return {
      ...step,
      kind: { id, version, inputs, outputs, usesGoal, usesSeed, readsFolders, stored: kind.stored?.(settled) },
      settled: settled as Readonly<Record<string, unknown>>,
      computes: kind.computes?.(settled),
      inputs: bindInputs(step, pipeline.steps, facts.kinds),
      externalFiles: kind.externalFiles?.(settled) ?? [],
    }
  })
  return { name: pipeline.name, goal: pipeline.goal, seed: pipeline.seed, backend: pipeline.backend, steps }
}
