import { resolve } from 'node:path'
import type { CheckedInput, MethodOutput } from '#shared/contract/index.ts'
import { MillraceError } from '#shared/errors.ts'
import { workerUrl } from '#shared/worker-url.ts'
import { createAbortFlag, type AbortFlag } from '../../base/abort.ts'
import { memoryBudget } from '../../base/memory-budget.ts'
import type { FilePreview } from '../../data/preview-file.ts'
import { targetCandidates } from '../../data/target-candidates.ts'
import { createWorkerPool, type WorkerPool } from '../../workers/pool.ts'
import { readingField, withRemedy } from '../with-remedy.ts'
import type { PreviewJobInput } from './preview-job.ts'

type Preview = MethodOutput<'datasets.preview'>

/** Looks at files before they are imported. */
export type PreviewDesk = {
  /** What reading them would give; a later question from the same place gives up this one. */
  look(request: CheckedInput<'datasets.preview'>): Promise<Preview>
  close(): Promise<void>
}

const MEMORY = 2 ** 30

/** A desk whose thread starts with the first question. */
export function createPreviewDesk(): PreviewDesk {
  const latest = new Map<string, AbortFlag>()
  let pool: WorkerPool | undefined
  return {
    async look({ paths, reading, types, roles, missing, grid }) {
      const signal = createAbortFlag()
      if (grid !== undefined) {
        latest.get(grid)?.abort()
        latest.set(grid, signal)
      }
      pool ??= createWorkerPool({ size: 1 })
      const [first = '', ...others] = paths.map((path) => resolve(path))
      const input: PreviewJobInput = { file: others.length === 0 ? first : [first, ...others], options: reading, types, roles, missing, memoryBytes: Math.min(MEMORY, memoryBudget() / 4), threads: 2 }
      try {
        return answerOf(await pool.run<PreviewJobInput, FilePreview>(workerUrl('./preview-job.ts', import.meta.url), input, { label: 'the preview', signal }))
      } catch (error) {
        throw error instanceof MillraceError ? withRemedy(error, readingField) : error
      }
    },
    async close() {
      const open = pool
      pool = undefined
      await open?.close()
    },
  }
}

function answerOf({ page, schema, report, whole, rows }: FilePreview): Preview {
  const targets = targetCandidates(schema.columns, report.rows).map(({ column, task, reason }) => ({ column, task, reason }))
  return { columns: page.columns as Preview['columns'], shown: page.rows, schema: schema.columns, report, whole, rows, targets }
}
