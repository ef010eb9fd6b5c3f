import { join } from 'node:path'
import type { CheckedInput } from '#shared/contract/index.ts'
import { MillraceError } from '#shared/errors.ts'
import { workerUrl } from '#shared/worker-url.ts'
import { createAbortFlag, type AbortFlag } from '../../base/abort.ts'
import { memoryBudget } from '../../base/memory-budget.ts'
import type { Artifact } from '#shared/domain/artifact.ts'
import type { Project } from '../../store/project.ts'
import { createWorkerPool, type WorkerPool } from '../../workers/pool.ts'
import type { RecipeJobInput, RecipeQuestion } from './preview-job.ts'

/** DuckDB's part of the memory while a sample is read. */
const DATA_MEMORY = 2 ** 30

/** Answers questions about recipes in one warm worker, which keeps the table that was asked about last. */
export type RecipeDesk = {
  /** The answer; a question of the same kind that came later makes this one reject with `cancelled`. */
  ask(project: Project, about: Pick<CheckedInput<'features.fit'>, 'data' | 'goal' | 'params'>, question: RecipeQuestion): Promise<unknown>
  close(): Promise<void>
}

/** A desk; its worker starts with the first question. */
export function createRecipeDesk(): RecipeDesk {
  let pool: WorkerPool | undefined
  const latest = new Map<string, AbortFlag>()
  return {
    async ask(project, { data, goal, params }, question) {
      const artifact = project.artifacts.get('dataset', data) as Artifact<'dataset'> | undefined
      if (artifact === undefined) {
        throw new MillraceError({ code: 'not-found', headline: 'The data that the recipe was made for is gone', nextStep: 'Run the pipeline again.', details: { value: data } })
      }
      latest.get(question.kind)?.abort()
      const signal = createAbortFlag()
      latest.set(question.kind, signal)
      pool ??= createWorkerPool({ size: 1 })
      const { rows, schema } = artifact.meta
      const input: RecipeJobInput = {
        parquet: join(artifact.path, 'data.parquet'), schema, rows, goal, params, question, memoryBytes: Math.min(DATA_MEMORY, memoryBudget() / 2), threads: 1,
      }
      return pool.run<RecipeJobInput, unknown>(workerUrl('./preview-job.ts', import.meta.url), input, { label: 'the preview', signal })
    },
    async close() {
      await pool?.close()
      pool = undefined
    },
  }
}
