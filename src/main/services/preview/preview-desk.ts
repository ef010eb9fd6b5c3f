import { resolve } from 'node:path'
import type { CheckedInput, MethodOutput } from '#shared/contract/index.ts'
import { MillraceError } from '#shared/errors.ts'
import { workerUrl } from '#shared/worker-url.ts'
import { createAbortFlag, type AbortFlag } from '../../base/abort.ts'
import type { Clock } from '../../base/clock.ts'
import { memoryBudget } from '../../base/memory-budget.ts'
import type { FilePreview } from '../../data/preview-file.ts'
import { targetCandidates } from '../../data/target-candidates.ts'
import { createWorkerPool, type WorkerPool } from '../../workers/pool.ts'
import { readingField, withRemedy } from '../with-remedy.ts'
import type { LeaksFound, LeaksJobInput } from './leaks-job.ts'
import type { LookRequest } from './with-scratch.ts'

type Preview = MethodOutput<'datasets.preview'>

/** Looks at files before they are imported. */
export type PreviewDesk = {
  /** What reading them would give; a later question from the same place gives up this one. */
  look(request: CheckedInput<'datasets.preview'>): Promise<Preview>
  /** Columns that give the target away; a later question from the same place gives up this one. */
  leaks(request: CheckedInput<'datasets.leaks'>): Promise<LeaksFound>
  close(): Promise<void>
}

const MEMORY = 2 ** 30

/** A desk whose thread starts with the first question. */
export function createPreviewDesk(clock: Clock): PreviewDesk {
  const latest = new Map<string, AbortFlag>()
  let pool: WorkerPool | undefined
  const ask = async <I extends LookRequest, O>(module: URL, input: I, place: string | undefined, label: string): Promise<O> => {
    const signal = createAbortFlag()
    if (place !== undefined) {
      latest.get(place)?.abort()
      latest.set(place, signal)
    }
    pool ??= createWorkerPool({ size: 1 })
    try {
      return await pool.run<I, O>(module, input, { label, signal })
    } catch (error) {
      throw error instanceof MillraceError ? withRemedy(error, readingField) : error
    }
  }
  return {
    look: async ({ grid, ...request }) => answerOf(await ask<LookRequest, FilePreview>(workerUrl('./preview-job.ts', import.meta.url), lookOf(request), grid, 'the preview')),
    leaks: ({ grid, target, ...request }) =>
      ask<LeaksJobInput, LeaksFound>(workerUrl('./leaks-job.ts', import.meta.url), { ...lookOf(request), target, asOf: clock.now() }, grid === undefined ? undefined : `${grid} leaks`, 'the search for leaks'),
    async close() {
      const open = pool
      pool = undefined
      await open?.close()
    },
  }
}

function lookOf({ paths, reading, types, roles, missing }: Omit<CheckedInput<'datasets.preview'>, 'grid'>): LookRequest {
  const [first = '', ...others] = paths.map((path) => resolve(path))
  return { file: others.length === 0 ? first : [first, ...others], options: reading, types, roles, missing, memoryBytes: Math.min(MEMORY, memoryBudget() / 4), threads: 2 }
}

function answerOf({ page, schema, report, whole, rows }: FilePreview): Preview {
  const targets = targetCandidates(schema.columns, report.rows).map(({ column, task, reason }) => ({ column, task, reason }))
  return { columns: page.columns as Preview['columns'], shown: page.rows, schema: schema.columns, report, whole, rows, targets }
}
