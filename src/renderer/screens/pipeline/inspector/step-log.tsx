import { useEffect, useMemo, useRef, type ReactElement } from 'react'
import type { RunLogLine } from '#shared/domain/run.ts'
import { useProject } from '../../../app/project.ts'
import { useMethod } from '../../../client/use-method.ts'
import { formatClock } from '../../../components/format.ts'
import { useExplanation } from '../run/use-explanation.ts'
import type { ShownRun } from '../run/use-shown-run.ts'
import styles from './inspector.module.css'

/** Nearer to the end than this, new lines are followed. */
const nearEnd = 24

/** What a step has said in the shown run, as it comes. */
export function StepLog({ step, shown }: { readonly step: string; readonly shown: ShownRun }): ReactElement {
  const own = useLines(step, shown)
  const earlier = useEarlierLines(step, shown)
  const lines = own.length > 0 ? own : earlier
  const end = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const pane = end.current?.closest('aside') ?? undefined
    if (pane !== undefined && pane.scrollHeight - pane.scrollTop - pane.clientHeight < nearEnd * 3) end.current?.scrollIntoView({ block: 'nearest' })
  })
  if (lines.length === 0) return <p className={styles['nothing']}>{emptyWords(step, shown)}</p>
  return (
    <>
      {own.length === 0 ? <p className={styles['nothing']}>{emptyWords(step, shown)} There it said:</p> : undefined}
      <div className={styles['log']} role="log" aria-label={`Log of ${step}`}>
        {lines.map(({ at, level, message }, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- lines are only ever added at the end
          <p key={index} className={styles[level] ?? ''}>
            <time>{formatClock(at, true)}</time>
            {level === 'warn' || level === 'error' ? <b>{level === 'warn' ? 'Warning' : 'Error'}</b> : undefined}
            <span>{message}</span>
          </p>
        ))}
        <div ref={end} />
      </div>
    </>
  )
}

function useLines(step: string, { detail, events }: ShownRun): readonly RunLogLine[] {
  return useMemo(() => {
    const recorded = detail?.log.filter((line) => line.step === step) ?? []
    const live = events.flatMap((event) => (event.type === 'step-log' && event.step === step ? [event.line] : []))
    // The record may have been read while the run went on: both tell the same lines from their beginning.
    return live.length > recorded.length ? live : recorded
  }, [step, detail, events])
}

/** What the step said in the run whose outputs are reused. */
function useEarlierLines(step: string, { run, states }: ShownRun): readonly RunLogLine[] {
  const project = useProject()
  const from = useExplanation(states.get(step)?.status === 'reused' ? run : undefined, step)?.producedBy
  const earlier = useMethod('runs.show', { project, run: from ?? '' }, { enabled: from !== undefined && from !== run }).data
  return useMemo(() => earlier?.log.filter((line) => line.step === step) ?? [], [earlier, step])
}

function emptyWords(step: string, { run, states }: ShownRun): string {
  const state = states.get(step)
  if (run === undefined) return 'It has not run yet.'
  if (state?.status === 'reused') return `It said nothing in ${run}: ${state.reason}`
  if (state === undefined) return `It was no part of ${run}.`
  return state.status === 'waiting' ? 'It waits for its turn.' : `It said nothing in ${run}.`
}
