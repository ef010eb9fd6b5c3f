import type { ReactElement } from 'react'
import type { ProjectSummary } from '#shared/contract/projects.ts'
import styles from './loop-bar.module.css'

/** The eight stages as one bar; what each stands for is in its name for screen readers and on hover. */
export function LoopBar({ stages }: { readonly stages: ProjectSummary['stages'] }): ReactElement {
  const words = stages.map(({ stage, state, line }) => `${stage}: ${state === 'empty' ? 'not yet' : line}`).join(', ')
  return (
    <span className={styles['bar']} role="img" aria-label={words} title={words}>
      {stages.map(({ stage, state }) => (
        <i key={stage} className={styles[state] ?? ''} />
      ))}
    </span>
  )
}
