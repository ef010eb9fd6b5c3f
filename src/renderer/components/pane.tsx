import type { ReactElement, ReactNode } from 'react'
import styles from './pane.module.css'

/** A row of 36 px with the name of what follows, and small controls at its end. */
export function PaneHead({ title, sub, end, line = false, id }: { readonly title: ReactNode; readonly sub?: ReactNode; readonly end?: ReactNode; readonly line?: boolean; readonly id?: string }): ReactElement {
  return (
    <div className={line ? `${styles['head'] ?? ''} ${styles['line'] ?? ''}` : styles['head']}>
      <h2 id={id}>{title}</h2>
      {sub === undefined ? undefined : <span className={styles['sub']}>{sub}</span>}
      {end === undefined ? undefined : <div className={styles['end']}>{end}</div>}
    </div>
  )
}

/** A part of a pane; a line divides it from the part before. */
export function Section({ label, children }: { readonly label?: string; readonly children: ReactNode }): ReactElement {
  return (
    <section className={styles['section']} aria-label={label}>
      {children}
    </section>
  )
}

/** Names with their values, the values at the right. */
export function KeyValues({ items }: { readonly items: readonly (readonly [name: ReactNode, value: ReactNode])[] }): ReactElement {
  return (
    <dl className={styles['pairs']}>
      {items.map(([name, value], index) => (
        // oxlint-disable-next-line react/no-array-index-key -- the rows of one list keep their places
        <div key={index} className={styles['pair']}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** One number that matters, with its name above and a word below. */
export function Figure({ name, value, unit, detail }: { readonly name: ReactNode; readonly value: ReactNode; readonly unit?: ReactNode; readonly detail?: ReactNode }): ReactElement {
  return (
    <div className={styles['figure']}>
      <span className={styles['name']}>{name}</span>
      <span className={styles['value']}>
        {value}
        {unit === undefined ? undefined : <small> {unit}</small>}
      </span>
      {detail === undefined ? undefined : <span className={styles['detail']}>{detail}</span>}
    </div>
  )
}
