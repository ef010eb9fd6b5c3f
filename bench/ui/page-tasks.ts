import { z } from 'zod'
import type { Task } from './task.ts'

const eventSchema = z.looseObject({
  name: z.string(),
  ph: z.string(),
  pid: z.number(),
  tid: z.number(),
  ts: z.number().default(0),
  dur: z.number().default(0),
  tdur: z.number().default(0),
  args: z.looseObject({ name: z.unknown(), data: z.looseObject({}).optional(), fileName: z.unknown() }).partial().optional(),
})
const traceSchema = z.object({ traceEvents: z.array(eventSchema) })

type TraceEvent = z.infer<typeof eventSchema>

/** Categories of the browser's trace that tell the tasks of a page's thread and what they are made of. */
export const traceCategories: readonly string[] = ['-*', 'devtools.timeline', 'disabled-by-default-devtools.timeline', 'v8', '__metadata']

/** What a page's thread did, and what the trace says of one of its tasks. */
export type PageTasks = { readonly tasks: readonly Task[]; explain(task: Task): string }

/** Reads the tasks of the busiest page from a trace. */
export function readPageTasks(trace: Buffer): PageTasks {
  const { traceEvents } = traceSchema.parse(JSON.parse(trace.toString('utf8')))
  const threads = new Map(traceEvents.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain').map(({ pid, tid }) => [`${String(pid)} ${String(tid)}`, [] as TraceEvent[]]))
  for (const event of traceEvents) if (event.ph === 'X') threads.get(`${String(event.pid)} ${String(event.tid)}`)?.push(event)
  const spent = (events: readonly TraceEvent[]): number => events.reduce((sum, { tdur }) => sum + tdur, 0)
  const [events = []] = [...threads.values()].toSorted((a, b) => spent(b) - spent(a))
  const tasks = events.filter(({ name }) => name === 'RunTask').map(({ ts, dur, tdur }) => ({ at: ts / 1000, wall: dur / 1000, processor: tdur / 1000 }))
  return { tasks, explain: (task) => partsOf(task, events) }
}

/** The longest parts of a task, each with its script or function. */
function partsOf({ at, wall }: Task, events: readonly TraceEvent[]): string {
  const inside = events.filter(({ name, ts, dur }) => name !== 'RunTask' && ts / 1000 >= at && (ts + dur) / 1000 <= at + wall + 0.01)
  return inside
    .toSorted((a, b) => b.dur - a.dur)
    .slice(0, 6)
    .map((event) => `${event.name}${about(event)} ${(event.dur / 1000).toFixed(0)} ms`)
    .join(', ')
}

function about({ args }: TraceEvent): string {
  const data = args?.data ?? {}
  const words = [data['functionName'], data['type'], data['url'] ?? args?.fileName].filter((word): word is string => typeof word === 'string' && word !== '')
  return words.length === 0 ? '' : ` (${words.map((word) => word.replace(/^.*\//, '')).join(' ')})`
}
