import { runSummarySchema } from '#shared/domain/run.ts'
import type { Job, JobKind, JobState } from '#shared/domain/job.ts'
import { formatRemaining, formatShare, plural } from '../../components/format.ts'
import type { Tone } from '../../components/tag.tsx'

const KINDS: Readonly<Record<JobKind, string>> = { run: 'Run', import: 'Import', profile: 'Profile', predict: 'Predictions', export: 'Export', 'self-test': 'Self-test', demo: 'Sample' }

const STATES: Readonly<Record<JobState, { readonly words: string; readonly tone: Tone }>> = {
  queued: { words: 'queued', tone: 'neutral' },
  running: { words: 'running', tone: 'accent' },
  succeeded: { words: 'done', tone: 'success' },
  failed: { words: 'failed', tone: 'danger' },
  cancelled: { words: 'cancelled', tone: 'neutral' },
}

/** A state in words, with its colour. */
export function stateWords(state: JobState): { readonly words: string; readonly tone: Tone } {
  return STATES[state]
}

/** What a job is about, e.g. "r0003 · churn.yaml", "Import"; the project is named where it is not the one that is open. */
export function subjectOf({ kind, run, pipelineFile, project }: Job, open: string | null): string {
  const parts = [project === null || project === open ? null : lastPart(project), run, pipelineFile === null ? null : lastPart(pipelineFile)].filter((part) => part !== null)
  return parts.length === 0 ? KINDS[kind] : parts.join(' · ')
}

function lastPart(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path
}

/** What goes on at the moment. */
export function progressWords({ step, message }: Job): string {
  return [step, message].filter((part) => part !== null && part !== '').join(': ')
}

/** How long it will still take, as far as that is known. */
export function remainingWords({ remainingSeconds, fraction }: Job): readonly [share: string, remaining: string] {
  return [fraction === null ? '' : formatShare(fraction), formatRemaining(remainingSeconds)]
}

/** What came of a job that has ended. */
export function outcomeWords({ state, error, kind, result }: Job): string {
  if (state === 'failed') return error?.headline ?? 'It failed'
  if (state === 'cancelled') return 'Finished steps are kept and reused'
  const summary = kind === 'run' ? runSummarySchema.safeParse(result) : undefined
  if (summary?.success !== true) return ''
  const { steps } = summary.data
  const reused = steps.filter(({ cache }) => cache.hit).length
  return reused === 0 ? plural(steps.length, 'step') : `${String(reused)} of ${plural(steps.length, 'step')} from the cache`
}

/** Seconds that a job took, or takes so far; null before it began. */
export function secondsOf({ startedAt, finishedAt }: Job, now: number): number | null {
  return startedAt === null ? null : Math.max(0, ((finishedAt ?? now) - startedAt) / 1000)
}
