import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import type { MethodOutput } from '../../src/shared/contract/index.ts'
import { valueOf } from '../../src/shared/contract/result.ts'
import { decodeMessage, encodeMessage } from '../../src/shared/contract/wire.ts'
import { unpackLeaderboard } from '../../src/shared/domain/leaderboard.ts'
import { createLog } from '../../src/main/base/log.ts'
import { createEngine } from '../../src/main/services/engine/create-engine.ts'
import { createProject } from '../../src/main/store/project.ts'
import { recordManyRuns } from '../../test/unit/services/many-runs.ts'
import type { BenchOptions, BenchResult } from '../result.ts'
import { limited } from './limited.ts'

const RUNS = 2000
const OPENINGS = 7
/** Milliseconds that the window waits at most, that the host's thread may be at one task, and the window's own. */
const LIMITS = { open: 300, task: 10, lines: 50 }

type Times = { readonly open: number[]; readonly task: number[]; readonly lines: number[] }

/** A project with 2,000 runs is opened and its leaderboard asked for, each time by a new engine; then it crosses to the window and becomes lines again. */
export async function leaderboard({ report }: BenchOptions): Promise<readonly BenchResult[]> {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-bench-'))
  try {
    const path = join(folder, 'project')
    const project = await createProject(path)
    recordManyRuns(project, RUNS)
    project.close()
    report(`${RUNS.toLocaleString('en-US')} runs are recorded`)
    const times: Times = { open: [], task: [], lines: [] }
    for (let opening = 0; opening < OPENINGS; opening++) await openOnce(path, join(folder, 'settings'), times)
    return [
      limited('leaderboard', `project of ${String(RUNS)} runs opens its leaderboard`, times.open, LIMITS.open),
      limited('leaderboard', 'longest task of the host’s thread meanwhile', times.task, LIMITS.task),
      limited('leaderboard', `the window takes ${String(RUNS)} lines`, times.lines, LIMITS.lines),
    ]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function openOnce(project: string, settings: string, times: Times): Promise<void> {
  const engine = createEngine({ host: { kind: 'web' }, log: createLog(Date.now, () => undefined), settings })
  const delay = monitorEventLoopDelay({ resolution: 1 })
  await sleep(50)
  delay.enable()
  const startedAt = performance.now()
  const answer = valueOf(await engine.call('runs.leaderboard', { project })) as MethodOutput<'runs.leaderboard'>
  times.open.push(performance.now() - startedAt)
  delay.disable()
  times.task.push(delay.max / 1e6)
  const bytes = encodeMessage(answer)
  const arrived = performance.now()
  const lines = unpackLeaderboard((decodeMessage(bytes.buffer) as MethodOutput<'runs.leaderboard'>).frame)
  times.lines.push(performance.now() - arrived)
  await engine.close()
  if (lines.length !== RUNS) throw new Error(`${String(lines.length)} lines of ${String(RUNS)}`)
}
