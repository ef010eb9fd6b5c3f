import { mkdtemp, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from '@playwright/test'
import type { MethodInput, MethodName, MethodOutput } from '../../src/shared/contract/index.ts'
import { resultSchema, valueOf } from '../../src/shared/contract/result.ts'
import { webEntry } from '../../test/e2e/window/entries.ts'
import { sampleProject } from '../../test/e2e/window/sample-project.ts'
import { startWebHost, type WebHost } from '../../test/e2e/window/web-host.ts'
import type { BenchOptions, BenchResult } from '../result.ts'
import { viewport, withBrowser } from './browser.ts'
import { RECORD_VARIABLE } from './host-recorder.ts'
import { readHostTasks } from './host-tasks.ts'
import { readPageTasks, traceCategories } from './page-tasks.ts'
import { histogram, now, type Task } from './task.ts'
import { tour } from './tour.ts'

/** Milliseconds that a task of the page and of the host's thread may take. */
const LIMITS = { page: 50, host: 10 }
/** Tasks that are explained: those over the limit, the longest first, this many at most. */
const EXPLAINED = 12

/** When the walk went on to which screen. */
type Mark = { readonly at: number; readonly place: string }
type Watched = { readonly tasks: readonly Task[]; explain(task: Task): string }
type Report = BenchOptions['report']

/** The sample's pipeline runs anew from its first step to its last, with a training of half a minute, while the screens are walked through. */
export async function whileTraining({ report }: BenchOptions): Promise<readonly BenchResult[]> {
  const project = await sampleProject()
  const folder = await mkdtemp(join(tmpdir(), 'millrace-bench-'))
  const record = join(folder, 'host.json')
  try {
    const { page, from, to, places } = await withBrowser((browser) => watch({ browser, project, folder, record, report }))
    return [...say('page', page, LIMITS.page, places, report), ...say('host', await readHostTasks(record, from, to), LIMITS.host, places, report)]
  } finally {
    await rm(dirname(project), { recursive: true, force: true })
    await rm(folder, { recursive: true, force: true })
  }
}

type Place = { readonly browser: Browser; readonly project: string; readonly folder: string; readonly record: string; readonly report: Report }

async function watch({ browser, project, folder, record, report }: Place): Promise<{ readonly page: Watched; readonly from: number; readonly to: number; readonly places: readonly Mark[] }> {
  const recorder = pathToFileURL(join(import.meta.dirname, 'host-recorder.ts')).href
  const host = await startWebHost({ project, home: join(folder, 'home'), nodeArguments: ['--import', recorder], environment: { [RECORD_VARIABLE]: record } })
  try {
    const page = await browser.newPage({ viewport })
    await page.goto(await host.address())
    await page.getByRole('row', { name: /millrace-sample/ }).waitFor()
    const { job } = await ask(page, host, 'pipelines.run', { project, file: 'churn.yaml', set: [], force: ['all'] })
    const from = now()
    await browser.startTracing(page, { categories: [...traceCategories] })
    const places: Mark[] = []
    const rounds = await tour(page, async () => ['queued', 'running'].includes((await ask(page, host, 'activity.get', { job })).state), (place) => places.push({ at: now(), place }))
    const tasks = readPageTasks(await browser.stopTracing())
    const to = now()
    const { state, startedAt, finishedAt } = await ask(page, host, 'activity.get', { job })
    const seconds = ((finishedAt ?? 0) - (startedAt ?? 0)) / 1000
    if (state !== 'succeeded') throw new Error(`the run ${state}`)
    report(`run of ${seconds.toFixed(0)} s, ${String(rounds)} rounds through the screens, load average ${loadavg()[0]?.toFixed(1) ?? ''}`)
    return { page: tasks, from, to, places }
  } finally {
    await host.stop()
  }
}

async function ask<N extends MethodName>(page: Page, host: WebHost, name: N, input: MethodInput<N>): Promise<MethodOutput<N>> {
  return valueOf(resultSchema.parse(await webEntry(host).call(page, name, input))) as MethodOutput<N>
}

/** Prints how long the tasks of a thread took, and what the long ones were. */
function say(who: 'page' | 'host', { tasks, explain }: Watched, limit: number, places: readonly Mark[], report: Report): BenchResult[] {
  report(`\n${who}: ${String(tasks.length)} tasks, milliseconds`)
  const results = (['wall', 'processor'] as const).map((which): BenchResult => {
    const times = tasks.map((task) => task[which])
    report(`  ${which.padEnd(9)}  ${histogram(times)}`)
    const longest = times.reduce((most, time) => Math.max(most, time), 0)
    const over = times.filter((time) => time > limit).length
    const name = `longest task of the ${who} while a training runs, ${which === 'wall' ? 'by the clock' : 'processor time'}`
    return { bench: 'ui tasks', case: name, ours: longest, peer: limit, unit: 'ms', ratio: limit / longest, note: `${String(over)} of ${String(times.length)} tasks over the limit; peer is the limit` }
  })
  const long = tasks.filter(({ processor, wall }) => processor > limit || wall > 2 * limit).toSorted((a, b) => b.processor - a.processor)
  const placeAt = ({ at }: Task): string => places.findLast((mark) => mark.at <= at)?.place ?? 'before the walk'
  for (const task of long.slice(0, EXPLAINED)) report(`  ${task.processor.toFixed(0)} ms of the processor in ${task.wall.toFixed(0)} ms, ${placeAt(task)}: ${explain(task)}`)
  return results
}
