import { workerUrl } from '#shared/worker-url.ts'
import { createAbortFlag } from '../base/abort.ts'
import { createWorkerPool, type WorkerPool } from '../workers/pool.ts'
import type { TextQuestion, TextQuestions } from './pipeline-text-job.ts'

/** Answers questions about pipeline texts in a worker thread, which starts at the first. */
export type PipelineTexts = {
  ask<Q extends keyof TextQuestions>(question: Q, input: TextQuestions[Q]['input']): Promise<TextQuestions[Q]['output']>
  close(): Promise<void>
}

/** A thread for pipeline texts; it starts anew where it is asked after it was closed. */
export function createPipelineTexts(): PipelineTexts {
  let pool: WorkerPool | undefined
  return {
    async ask<Q extends keyof TextQuestions>(ask: Q, input: TextQuestions[Q]['input']) {
      pool ??= createWorkerPool({ size: 1 })
      return pool.run<TextQuestion, TextQuestions[Q]['output']>(workerUrl('./pipeline-text-job.ts', import.meta.url), { ask, ...input } as TextQuestion, { label: 'the pipeline text', signal: createAbortFlag() })
    },
    async close() {
      const open = pool
      pool = undefined
      await open?.close()
    },
  }
}
