import type { CacheOutcome, KeyChange } from '#shared/domain/run.ts'
import { formatRunId } from '../store/run-id.ts'
import type { StepRunRecord } from '../store/step-run-repository.ts'
import { changedParts, type KeyParts } from './cache-key.ts'

/** What is known when a step's key is known. */
export type CacheFacts = {
  readonly pipeline: string
  readonly parts: KeyParts
  readonly cacheKey: string
  readonly forced: boolean
  /** False where the pipeline file says `cache: false`. */
  readonly allowed: boolean
  /** An earlier success with the same key. */
  readonly reusable: StepRunRecord | undefined
  /** What of its outputs is not whole on disk, in words. */
  readonly damage: string | undefined
  /** The most recent earlier run of this step of this pipeline. */
  readonly before: StepRunRecord | undefined
}

/** Decides whether a step's outputs are reused, and says why in words; pure. */
export function decideCache(facts: CacheFacts): CacheOutcome {
  const { reusable, before } = facts
  const changed = before?.keyParts === undefined ? [] : changedParts(before.keyParts, facts.parts)
  const miss = (reason: string): CacheOutcome => ({ hit: false, reason, changed, producedBy: undefined })
  if (facts.forced) return miss('It was forced to run.')
  if (!facts.allowed) return miss('The pipeline file says "cache: false" for it.')
  if (reusable !== undefined && facts.damage === undefined) {
    const run = formatRunId(reusable.run)
    return { hit: true, reason: `Nothing it depends on differs from ${run}, so the outputs of ${run} are reused.`, changed: [], producedBy: run }
  }
  if (reusable !== undefined) return miss(`Its outputs of ${formatRunId(reusable.run)} cannot be reused: ${facts.damage ?? ''}.`)
  if (before === undefined) return miss(`It has not run before in pipeline "${facts.pipeline}".`)
  if (changed.length > 0) return miss(`Since ${formatRunId(before.run)}: ${changed.map(changeInWords).join('; ')}.`)
  if (before.status !== 'succeeded') return miss(`Nothing it depends on differs from ${formatRunId(before.run)}, but there it was ${inWords(before.status)}.`)
  return miss(`Its outputs of ${formatRunId(before.run)} are no longer there.`)
}

function inWords(status: StepRunRecord['status']): string {
  return status === 'failed' ? 'a failure' : status
}

/** `parameter test changed from 0.25 to 0.3`. */
export function changeInWords({ part, from, to }: KeyChange): string {
  const [group, ...rest] = part.split('.')
  const name = rest.join('.')
  if (group === 'params') return `parameter ${name} changed from ${quoted(from)} to ${quoted(to)}`
  if (group === 'inputs') return from === 'not set' || to === 'not set' ? `input ${name} is ${from === 'not set' ? 'new' : 'gone'}` : `input ${name} has other content`
  if (group === 'files') return from === 'not set' ? `it reads another file, ${name}` : to === 'not set' ? `it no longer reads ${name}` : `the file ${name} has other content`
  if (group === 'goal') return `the pipeline's ${name} changed from ${quoted(from)} to ${quoted(to)}`
  if (group === 'kind') return `the step kind changed from ${from} to ${to}`
  return `the ${part} changed from ${from} to ${to}`
}

function quoted(value: string): string {
  return value === '' ? 'nothing' : value
}
