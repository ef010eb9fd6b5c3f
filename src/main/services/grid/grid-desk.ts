import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { workerUrl } from '#shared/worker-url.ts'
import { createAbortFlag, type AbortFlag } from '../../base/abort.ts'
import { memoryBudget } from '../../base/memory-budget.ts'
import type { GridAnswers, GridQuestion, GridRequest, GridStart } from '../../serving/grid-session.ts'
import { startSession, type WorkerSession } from '../../workers/session.ts'
import type { KnownDataset } from './known-datasets.ts'

/** Answers questions about rows of datasets in a warm thread. */
export type GridDesk = {
  /**
   * The answer. `place` names who asks and for what: a question from there for another `key` gives up what was asked for the
   * one before, which rejects with `cancelled`.
   */
  ask<Q extends GridQuestion>(dataset: KnownDataset, question: Q, place?: { readonly name: string; readonly key: string }): Promise<GridAnswers[Q['kind']]>
  close(): Promise<void>
}

type Answers = GridAnswers[GridQuestion['kind']]

/** Most memory for pages; sorting spills beyond it. */
const MEMORY = 2 ** 30
const MOST_THREADS = 4
/** A thread that nobody asked anything for so long is ended, and what it copied removed. */
const IDLE_MILLISECONDS = 10 * 60_000

/** A desk; its thread starts with the first question, and anew after it was idle, closed or crashed. */
export function createGridDesk({ idleMilliseconds = IDLE_MILLISECONDS }: { readonly idleMilliseconds?: number } = {}): GridDesk {
  const places = new Map<string, { readonly key: string; readonly signal: AbortFlag }>()
  let session: WorkerSession<GridRequest, Answers> | undefined
  let idle: NodeJS.Timeout | undefined

  const close = async (): Promise<void> => {
    clearTimeout(idle)
    const open = session
    session = undefined
    places.clear()
    await open?.close()
  }
  const current = (): WorkerSession<GridRequest, Answers> => {
    if (session?.usable() === true) return session
    const start: GridStart = { memoryBytes: Math.min(MEMORY, memoryBudget() / 4), threads: Math.min(MOST_THREADS, Math.max(2, Math.ceil(availableParallelism() / 2))) }
    session = startSession<GridStart, GridRequest, Answers>(workerUrl('../../serving/grid-session.ts', import.meta.url), start, 'the grid')
    return session
  }
  const signalOf = (place: { readonly name: string; readonly key: string } | undefined): AbortFlag => {
    if (place === undefined) return createAbortFlag()
    const last = places.get(place.name)
    if (last?.key === place.key) return last.signal
    last?.signal.abort()
    const signal = createAbortFlag()
    places.set(place.name, { key: place.key, signal })
    return signal
  }
  return {
    async ask<Q extends GridQuestion>({ hash, artifact }: KnownDataset, question: Q, place?: { readonly name: string; readonly key: string }) {
      clearTimeout(idle)
      idle = setTimeout(() => void close(), idleMilliseconds)
      idle.unref()
      const request = { dataset: { hash, parquet: join(artifact.path, 'data.parquet'), schema: artifact.meta.schema }, question }
      return (await current().ask(request, signalOf(place))) as GridAnswers[Q['kind']]
    },
    close,
  }
}
