import { setImmediate } from 'node:timers/promises'
import { packLeaderboard, type LeaderboardEntry, type LeaderboardFrame } from '#shared/domain/leaderboard.ts'
import type { LeaderboardRecord, RunKinds } from '../store/leaderboard-repository.ts'
import type { Project } from '../store/project.ts'
import { formatRunId } from '../store/run-id.ts'

/** Runs read in one go: a few milliseconds, so that the host's thread answers others in between. */
const BLOCK = 25
/** Runs on a leaderboard at most, the newest. */
const MOST = 10_000

function entryOf(record: LeaderboardRecord, slots: ReadonlyMap<string, readonly string[]>): LeaderboardEntry {
  const { outcome, model, wish } = record
  return {
    run: formatRunId(record.number),
    pipeline: record.pipeline,
    status: record.status,
    startedAt: record.startedAt,
    seconds: record.finishedAt === undefined ? undefined : (record.finishedAt - record.startedAt) / 1000,
    metrics: outcome.metrics,
    model: outcome.model,
    deployment: outcome.deployment,
    estimator: model?.estimator ?? wish?.estimator ?? null,
    summary: model?.summary ?? null,
    target: model?.target ?? wish?.target ?? null,
    task: model?.task ?? wish?.task ?? null,
    validation: model?.validation ?? null,
    interval: record.interval ?? null,
    baseline: outcome.baseline ?? null,
    fitSeconds: record.fitSeconds ?? null,
    modelBytes: record.modelBytes ?? null,
    deployments: outcome.model === undefined ? [] : (slots.get(outcome.model.hash) ?? []),
    problem: record.problem ?? null,
  }
}

function slotsByModel(project: Project): ReadonlyMap<string, readonly string[]> {
  const grouped = Map.groupBy(project.deployments.list(), ({ model }) => model)
  return new Map([...grouped].map(([hash, slots]) => [hash, slots.map(({ name }) => name)]))
}

async function readEntries(project: Project, kinds: RunKinds, most: number): Promise<LeaderboardEntry[]> {
  const slots = slotsByModel(project)
  const entries: LeaderboardEntry[] = []
  let before = Number.MAX_SAFE_INTEGER
  while (entries.length < most) {
    const page = project.leaderboard.page(kinds, before, Math.min(BLOCK, most - entries.length))
    const last = page.at(-1)
    if (last === undefined) break
    before = last.number
    entries.push(...page.map((record) => entryOf(record, slots)))
    await setImmediate()
  }
  return entries
}

/** Runs of pipelines, the newest first, a page of them; with `all` also imports and profiles. */
export async function listLeaderboard(project: Project, { offset, limit, all }: { readonly offset: number; readonly limit: number; readonly all: boolean }): Promise<{ total: number; runs: LeaderboardEntry[] }> {
  const kinds = all ? 'all' : 'pipelines'
  const entries = await readEntries(project, kinds, offset + limit)
  return { total: project.leaderboard.count(kinds), runs: entries.slice(offset) }
}

/** The newest 10,000 runs that train, as columns. */
export async function readLeaderboard(project: Project): Promise<{ total: number; frame: LeaderboardFrame }> {
  const entries = await readEntries(project, 'training', MOST)
  await setImmediate()
  return { total: entries.length < MOST ? entries.length : project.leaderboard.count('training'), frame: packLeaderboard(entries) }
}
