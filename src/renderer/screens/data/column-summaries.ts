import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import type { ColumnProfile } from '#shared/domain/profile.ts'
import { MillraceError } from '#shared/errors.ts'
import { useClient } from '../../client/client-context.tsx'
import type { Client } from '../../client/client.ts'

/** A dataset version. */
export type DatasetPlace = { readonly project: string; readonly dataset: string; readonly version: number }

/** Columns that are asked for together: what comes into view at once is read in one go, and shown as it comes. */
const TOGETHER = 6
/** How long the first of them waits for others. */
const GATHER_MILLISECONDS = 20

type Waiting = { readonly place: DatasetPlace; readonly column: string; resolve(profile: ColumnProfile): void; reject(error: unknown): void }

const queues = new WeakMap<Client, Waiting[]>()

/** What a column is like: counts, distribution, quantiles. */
export function useColumnSummary(place: DatasetPlace, column: string): UseQueryResult<ColumnProfile> {
  const client = useClient()
  return useQuery({
    queryKey: ['datasets.columnSummary', { ...place, column }],
    queryFn: () => new Promise<ColumnProfile>((resolve, reject) => gather(client, { place, column, resolve, reject })),
  })
}

function gather(client: Client, asked: Waiting): void {
  const queue = queues.get(client) ?? []
  queues.set(client, queue)
  queue.push(asked)
  if (queue.length === 1) setTimeout(() => void answerAll(client, queue.splice(0)), GATHER_MILLISECONDS)
}

async function answerAll(client: Client, asked: readonly Waiting[]): Promise<void> {
  const byPlace = Map.groupBy(asked, ({ place }) => JSON.stringify(place))
  for (const group of byPlace.values()) {
    for (let start = 0; start < group.length; start += TOGETHER) await answer(client, group.slice(start, start + TOGETHER))
  }
}

async function answer(client: Client, asked: readonly Waiting[]): Promise<void> {
  const [first] = asked
  if (first === undefined) return
  try {
    const { columns } = await client.call('datasets.columnSummary', { ...first.place, columns: [...new Set(asked.map(({ column }) => column))] })
    const byName = new Map(columns.map((profile) => [profile.name, profile]))
    for (const { column, resolve, reject } of asked) {
      const profile = byName.get(column)
      if (profile === undefined) reject(new MillraceError({ code: 'internal', headline: `Nothing was said of the column "${column}"`, nextStep: 'Reload the window.' }))
      else resolve(profile)
    }
  } catch (error) {
    for (const { reject } of asked) reject(error)
  }
}
