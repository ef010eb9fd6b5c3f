import { readFile } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import type { Profiler } from 'node:inspector'
import type { HostRecord } from './host-recorder.ts'
import type { Task } from './task.ts'

/** What a host's thread did between two moments, and what the profile says of one of its tasks. */
export type HostTasks = { readonly tasks: readonly Task[]; explain(task: Task): string }

/** Reads what `host-recorder.ts` noted between two moments of the machine's clock. */
export async function readHostTasks(path: string, from: number, to: number): Promise<HostTasks> {
  const { turns, profile } = JSON.parse(await readFile(path, 'utf8')) as HostRecord
  const tasks = turns.filter(([at, active]) => at - active >= from && at <= to).map(([at, wall, processor]) => ({ at: at - wall, wall, processor }))
  return { tasks, explain: explainer(profile) }
}

/** Parts of a task that are worth a name. */
const named = 0.2

/** Names functions by the part of the task's samples that they and what they called took: the way down to where it divides, and the parts there. */
function explainer({ nodes, samples = [], timeDeltas = [], startTime }: Profiler.Profile): (task: Task) => string {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const parents = new Map(nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node.id] as const)))
  const times: number[] = []
  let time = startTime
  for (const delta of timeDeltas) times.push((time += delta) / 1000)
  return ({ at, wall }) => {
    const counts = new Map<number, number>()
    let all = 0
    for (const [k, sample] of samples.entries()) {
      const moment = times[k] ?? 0
      if (moment < at || moment > at + wall) continue
      all++
      for (let id: number | undefined = sample; id !== undefined; id = parents.get(id)) counts.set(id, (counts.get(id) ?? 0) + 1)
    }
    const parts: string[] = []
    const walk = (id: number): void => {
      const children = (byId.get(id)?.children ?? []).filter((child) => (counts.get(child) ?? 0) >= Math.max(2, all * named))
      for (const child of children) walk(child)
      if (children.length === 0) parts.push(`${wayTo(id, byId, parents)} ${String(counts.get(id) ?? 0)}/${String(all)}`)
    }
    if (nodes[0] !== undefined) walk(nodes[0].id)
    return parts.join('; ')
  }
}

/** The last functions of the way to a node that are in the product or its packages, the innermost first. */
function wayTo(from: number, byId: ReadonlyMap<number, Profiler.ProfileNode>, parents: ReadonlyMap<number, number>): string {
  const way: string[] = []
  for (let id: number | undefined = from; id !== undefined && way.length < 5; id = parents.get(id)) {
    const { functionName, url, lineNumber } = byId.get(id)?.callFrame ?? { functionName: '', url: '', lineNumber: 0 }
    if (functionName === '(root)') continue
    const place = url === '' ? '' : ` ${basename(dirname(url))}/${basename(url)}:${String(lineNumber + 1)}`
    if (way.length === 0 || url.startsWith('file:')) way.push(`${functionName === '' ? '(module)' : functionName}${place}`)
  }
  return way.join(' ← ')
}
