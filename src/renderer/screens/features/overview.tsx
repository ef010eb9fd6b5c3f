import type { ReactElement } from 'react'
import { ErrorNote } from '../../components/error-note.tsx'
import { FormSkeleton } from '../../components/skeletons.tsx'
import styles from './overview.module.css'

/** What enters the model, in words, while no column is chosen. */
export function Overview({ lines, error }: { readonly lines: readonly string[] | undefined; readonly error: unknown }): ReactElement {
  return (
    <section className={styles['overview']}>
      <h2>What enters the model</h2>
      <p>As an estimator of plain numbers takes it, fitted on the training rows. Choose a card to look at one column and to change what is done with it.</p>
      {error === null ? undefined : <ErrorNote error={error} />}
      {lines === undefined ? error === null ? <FormSkeleton fields={3} /> : undefined : <ul>{lines.map((line) => <li key={line}>{line}</li>)}</ul>}
    </section>
  )
}
