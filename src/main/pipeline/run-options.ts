import type { ParameterOverride } from '#shared/domain/pipeline.ts'
import type { RunEvent } from '#shared/domain/run.ts'
import type { AbortFlag } from '../base/abort.ts'
import type { Project } from '../store/project.ts'

/** What to run and how. */
export type RunOptions = {
  readonly project: Project
  /** Path of the pipeline file; paths inside it are relative to its folder. */
  readonly pipelineFile: string
  /** The file's text, where it is not to be read from disk (a pipeline made on the fly). */
  readonly pipelineText?: string
  /** From `parseOverride('train.rounds=200')`. */
  readonly overrides?: readonly ParameterOverride[]
  /** Step ids to run although nothing changed, or `all`. */
  readonly force?: readonly string[] | 'all'
  readonly signal?: AbortFlag
  readonly onEvent?: (event: RunEvent) => void
  /** Compute threads of one step; the machine's parallelism if not said. Never changes a result. */
  readonly threads?: number
  /** Module that exports `stepKinds`; the built-in list if not said. Worker threads import it too. */
  readonly registry?: URL
}
