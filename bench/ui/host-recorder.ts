import { writeFileSync } from 'node:fs'
import { Session, type Profiler } from 'node:inspector'
import { performance } from 'node:perf_hooks'
import { isMainThread } from 'node:worker_threads'

// Loaded before a host (`node --import`), which it does not change: notes a thousand times a second how long the event loop of the
// host's thread was at work since the last note, and writes the notes down when the host ends. What one turn of the loop did counts as one
// task, although it may have been several.

/** The environment variable that says which file the notes go to. */
export const RECORD_VARIABLE = 'MILLRACE_BENCH_RECORD'

/** What was noted: [milliseconds of the machine's clock, active ones, processor time] of each turn, and where the time went. */
export type HostRecord = { readonly turns: readonly (readonly [at: number, active: number, processor: number])[]; readonly profile: Profiler.Profile }

/** Turns below these milliseconds are told as they are; after others the thread sleeps a moment, because the system counts a thread's time when it stops. */
const SHORT = 0.5
const NAP = 0.05
const nobody = new Int32Array(new SharedArrayBuffer(4))

const file = process.env[RECORD_VARIABLE]
if (file !== undefined && isMainThread) record(file)

function record(path: string): void {
  const turns: [number, number, number][] = []
  const profiler = new Session()
  profiler.connect()
  profiler.post('Profiler.enable')
  profiler.post('Profiler.setSamplingInterval', { interval: 1000 })
  profiler.post('Profiler.start')
  let active = performance.eventLoopUtilization().active
  let processor = processorTime()
  setInterval(() => {
    const spent = performance.eventLoopUtilization().active - active
    if (spent > SHORT) Atomics.wait(nobody, 0, 0, NAP)
    const nowProcessor = processorTime()
    turns.push([Number(process.hrtime.bigint()) / 1e6, spent, nowProcessor - processor])
    active = performance.eventLoopUtilization().active
    processor = nowProcessor
  }, 1).unref()
  process.on('exit', () => {
    profiler.post('Profiler.stop', (_error, { profile }) => {
      writeFileSync(path, JSON.stringify({ turns, profile } satisfies HostRecord))
    })
  })
}

/** Milliseconds of the processor that this thread had so far. */
function processorTime(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}
