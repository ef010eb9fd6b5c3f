import { Link } from '@tanstack/react-router'
import { Star } from 'lucide-react'
import type { ReactElement } from 'react'
import type { DeploymentEntry } from '#shared/contract/deployments.ts'
import { cellText } from '../../components/cell-text.ts'
import { formatMoment, formatScore } from '../../components/format.ts'
import { Figure } from '../../components/pane.tsx'
import styles from './deployments.module.css'

const HOW: Readonly<Record<DeploymentEntry['how'], string>> = { run: 'set by a run', deployed: 'deployed by hand', 'rolled back': 'rolled back to' }

/** What a deployment serves now: the model, its score, and since when. */
export function ServingCard({ deployment }: { readonly deployment: DeploymentEntry }): ReactElement {
  const { serves, since, how } = deployment
  const { score } = serves
  return (
    <section className={styles['serving']} aria-label="What it serves">
      <div className={styles['which']}>
        <h2><Star size={15} /> {serves.model}</h2>
        <p>{cellText(serves.summary, 160)}</p>
        <p className={styles['quiet']}>
          predicts {cellText(serves.target, 60)} · {HOW[how]} {formatMoment(since)}
          {serves.run === null ? undefined : (
            <>
              {' · '}
              <Link to="/model" search={{ run: serves.run }}>look at the model</Link>
            </>
          )}
        </p>
      </div>
      {score === null ? undefined : <Figure name={`${score.label} on test rows`} value={formatScore(score.value)} unit={score.interval === null ? undefined : `${formatScore(score.interval.low)}–${formatScore(score.interval.high)}`} />}
    </section>
  )
}
