import type { ReactElement, ReactNode } from 'react'
import type { StepForecast } from '#shared/domain/pipeline-forecast.ts'
import type { KeyChange } from '#shared/domain/run.ts'
import { useExplanation } from '../run/use-explanation.ts'
import { Section } from '../../../components/pane.tsx'
import { Tag } from '../../../components/tag.tsx'
import type { StepState } from '../run/step-states.ts'
import type { ShownRun } from '../run/use-shown-run.ts'
import styles from './inspector.module.css'

/** Why a step ran or was reused in the shown run, and what a run would do now. */
export function StepCache({ step, shown, forecast }: { readonly step: string; readonly shown: ShownRun; readonly forecast: StepForecast | undefined }): ReactElement {
  const { run, states } = shown
  const state = states.get(step)
  const isDecided = state !== undefined && state.status !== 'skipped' && state.status !== 'waiting'
  const explanation = useExplanation(isDecided ? run : undefined, step)
  const reason = isDecided ? state.reason || (explanation?.reason ?? '') : ''
  return (
    <>
      <Section label="Last run">
        {run !== undefined && state !== undefined && reason !== '' ? (
          <Explanation
            title={`In ${run}`}
            tag={<Tag tone={state.status === 'reused' ? 'success' : 'warning'}>{state.status === 'reused' ? 'hit' : 'miss'}</Tag>}
            reason={reason}
            changed={explanation?.changed ?? []}
          />
        ) : (
          <p className={styles['quiet']}>{undecided(run, state)}</p>
        )}
      </Section>
      {forecast === undefined ? undefined : (
        <Section label="If it ran now">
          <Explanation title="If it ran now" tag={<DecisionTag forecast={forecast} />} reason={forecast.reason} changed={forecast.changed} />
        </Section>
      )}
      <Section label="What counts">
        <h3>What counts</h3>
        <p className={styles['quiet']}>
          The outputs of an earlier run are reused while the step kind and its version, every parameter, the content of all inputs and files and, where they matter, the seed and the
          goal are the same. Where they are not, the differing part is named here.
        </p>
      </Section>
    </>
  )
}

function undecided(run: string | undefined, state: StepState | undefined): string {
  if (run === undefined) return 'It has not run yet, so there is nothing to reuse.'
  if (state === undefined) return `It was no part of ${run}.`
  if (state.status === 'skipped') return `In ${run} it was skipped: a step before it did not succeed.`
  return state.status === 'waiting' ? `In ${run} it waits for its turn.` : `In ${run} it is not known yet.`
}

/** What a run would do with a step, in one word. */
export function DecisionTag({ forecast }: { readonly forecast: StepForecast }): ReactElement {
  if (forecast.problem !== null) return <Tag tone="danger">refused</Tag>
  if (forecast.decision === 'reuse') return <Tag tone="success">reuse</Tag>
  return forecast.decision === 'run' ? <Tag tone="accent">run</Tag> : <Tag tone="outline">depends</Tag>
}

function Explanation({ title, tag, reason, changed }: { readonly title: string; readonly tag: ReactNode; readonly reason: string; readonly changed: readonly KeyChange[] }): ReactElement {
  return (
    <>
      <div className={styles['title']}>
        <h3>{title}</h3>
        {tag}
        {changed.length === 0 ? undefined : <span className={styles['quiet']}>{changed.length === 1 ? '1 part differs' : `${String(changed.length)} parts differ`}</span>}
      </div>
      <p className={styles['reason']}>{reason}</p>
      {changed.length === 0 ? undefined : (
        <dl className={styles['diff']}>
          {changed.map(({ part, from, to }) => (
            <div key={part}>
              <dt>{partInWords(part)}</dt>
              <dd>
                <code>{from === '' ? 'nothing' : from}</code> → <code>{to === '' ? 'nothing' : to}</code>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </>
  )
}

const groups: Readonly<Record<string, string>> = { params: '', inputs: 'input ', files: 'file ', goal: '' }

function partInWords(part: string): string {
  const [group = '', ...rest] = part.split('.')
  return rest.length === 0 ? part : `${groups[group] ?? `${group} `}${rest.join('.')}`
}
