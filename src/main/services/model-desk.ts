import { availableParallelism } from 'node:os'
import { workerUrl } from '#shared/worker-url.ts'
import { createAbortFlag } from '../base/abort.ts'
import { memoryBudget } from '../base/memory-budget.ts'
import type { ModelAnswers, ModelJobInput, ModelQuestion } from '../serving/model-job.ts'
import type { Project } from '../store/project.ts'
import { createWorkerPool, type WorkerPool } from '../workers/pool.ts'
import type { ServedModel } from './models.ts'
import { originOf } from './model-origin.ts'

/** DuckDB's part of the memory while rows are read. */
const DATA_MEMORY = 2 ** 30

/** Answers questions about models in a warm worker, which keeps the models that were asked about last. */
export type ModelDesk = {
  ask<K extends ModelQuestion['kind']>(project: Project, model: ServedModel, question: Extract<ModelQuestion, { kind: K }>): Promise<ModelAnswers[K]>
  close(): Promise<void>
}

/** A desk; its worker starts with the first question. */
export function createModelDesk(): ModelDesk {
  let pool: WorkerPool | undefined
  return {
    async ask<K extends ModelQuestion['kind']>(project: Project, { ref, artifact }: ServedModel, question: Extract<ModelQuestion, { kind: K }>): Promise<ModelAnswers[K]> {
      const { training } = originOf(project, ref.hash)
      pool ??= createWorkerPool({ size: 1 })
      const input: ModelJobInput = {
        model: artifact.path,
        training: training === undefined ? undefined : { path: training.path, meta: training.meta },
        question,
        memoryBytes: Math.min(DATA_MEMORY, memoryBudget() / 2),
        threads: Math.min(2, availableParallelism()),
      }
      return pool.run<ModelJobInput, ModelAnswers[K]>(workerUrl('../serving/model-job.ts', import.meta.url), input, { label: 'the model', signal: createAbortFlag() })
    },
    async close() {
      await pool?.close()
      pool = undefined
    },
  }
}
