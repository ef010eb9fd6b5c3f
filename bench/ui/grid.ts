import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { MethodInput, MethodOutput } from '../../src/shared/contract/index.ts'
import { valueOf } from '../../src/shared/contract/result.ts'
import type { Job } from '../../src/shared/domain/job.ts'
import type { RowOrder } from '../../src/shared/domain/row-order.ts'
import { createLog } from '../../src/main/base/log.ts'
import { createEngine, type Engine } from '../../src/main/services/engine/create-engine.ts'
import { initProject } from '../../src/main/services/projects.ts'
import type { BenchOptions, BenchResult } from '../result.ts'
import { tripColumns, writeTrips } from '../trips.ts'
import { limited } from './limited.ts'

const ROWS = 5_000_000
const PAGE = 100
/** Pages that are read one after the other, and how long a reader looks at each, in milliseconds. */
const PAGES = 20
const LOOK = 100

/** Views as users ask for them: by numbers, dates and texts, of few rows and of nearly all. */
const views: readonly RowOrder[] = [
  { sort: [{ column: 'fare', descending: true }], filter: [{ column: 'city', operator: '=', value: 'Oslo' }, { column: 'passengers', operator: '>=', value: '3' }] },
  { sort: [{ column: 'started', descending: false }], filter: [{ column: 'city', operator: '!=', value: 'Rome' }] },
  { sort: [{ column: 'driver', descending: false }], filter: [{ column: 'seconds', operator: '>', value: '600' }] },
  { sort: [{ column: 'tip', descending: true }], filter: [{ column: 'fare', operator: '<', value: '10' }] },
  { sort: [{ column: 'city', descending: true }, { column: 'metres', descending: true }], filter: [{ column: 'shared', operator: '=', value: 'yes' }] },
  { sort: [{ column: 'latitude', descending: false }], filter: [{ column: 'tip', operator: 'is not missing', value: '' }] },
]

/** Pages of a sorted and filtered table of generated trips, asked of the engine as the window asks. */
export async function grid({ rows: [rows = ROWS] = [], report }: BenchOptions): Promise<readonly BenchResult[]> {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-bench-'))
  const engine = createEngine({ host: { kind: 'web' }, log: createLog(Date.now, () => undefined), settings: join(folder, 'settings') })
  try {
    const project = join(folder, 'project')
    await initProject(project)
    const file = join(folder, 'trips.csv')
    await writeTrips(file, rows, 11)
    await finish(engine, valueOf(await engine.call('datasets.import', { project, paths: [file] })) as { job: string })
    report(`${rows.toLocaleString('en-US')} trips are imported`)
    return await measure(engine, project, rows, report)
  } finally {
    await engine.close()
    await rm(folder, { recursive: true, force: true })
  }
}

async function measure(engine: Engine, project: string, rows: number, report: (line: string) => void): Promise<readonly BenchResult[]> {
  const ask = async (order: RowOrder | undefined, offset: number): Promise<number> => {
    const input: MethodInput<'datasets.rows'> = { project, dataset: 'trips', version: 1, grid: 'bench', columns: [...tripColumns], offset, rows: PAGE, ...(order === undefined ? {} : { order }) }
    const startedAt = performance.now()
    const page = valueOf(await engine.call('datasets.rows', input)) as MethodOutput<'datasets.rows'>
    if (page.rows !== PAGE) throw new Error(`${String(page.rows)} rows at ${String(offset)}`)
    return performance.now() - startedAt
  }
  report(`first look at the file: ${(await ask(undefined, 0)).toFixed(0)} ms`)
  const opened = performance.now()
  await untilAtRest()
  report(`ready for sorting after ${((performance.now() - opened) / 1000).toFixed(1)} s`)
  const times = { first: [] as number[], next: [] as number[], jump: [] as number[] }
  for (const order of views) {
    times.first.push(await ask(order, 0))
    for (let page = 1; page <= PAGES; page++) {
      await sleep(LOOK)
      times.next.push(await ask(order, page * PAGE))
    }
    const { total } = valueOf(await engine.call('datasets.count', { project, dataset: 'trips', order })) as MethodOutput<'datasets.count'>
    await ask(order, Math.floor(total / 2))
    for (const share of [0.9, 0.1, 0.6, 0.3]) {
      await untilAtRest()
      times.jump.push(await ask(order, Math.floor(total * share)))
    }
  }
  const about = `${rows.toLocaleString('en-US')} × ${String(tripColumns.length)}`
  return [
    limited('grid', `first page, sorted and filtered, ${about}`, times.first, 150),
    limited('grid', `next page, sorted and filtered, ${about}`, times.next, 10),
    limited('grid', `page anywhere, sorted and filtered, ${about}`, times.jump, 150),
  ]
}

async function finish(engine: Engine, { job }: { readonly job: string }): Promise<void> {
  for (;;) {
    const now = valueOf(await engine.call('activity.get', { job })) as Job
    if (now.state === 'succeeded') return
    if (now.state !== 'queued' && now.state !== 'running') throw new Error(now.error?.message ?? now.state)
    await sleep(100)
  }
}

/** Waits until this process does nothing in the background any more. */
async function untilAtRest(): Promise<void> {
  for (;;) {
    const before = process.cpuUsage()
    await sleep(200)
    const { user, system } = process.cpuUsage(before)
    if (user + system < 10_000) return
  }
}
