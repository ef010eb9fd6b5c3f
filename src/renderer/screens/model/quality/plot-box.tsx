import type { ReactElement, ReactNode } from 'react'
import styles from './quality.module.css'

type PlotBoxProps = {
  readonly title: string
  readonly note?: string
  readonly width?: 'single' | 'double' | 'wide'
  /** Small controls at the end of the title's line. */
  readonly end?: ReactNode
  readonly children: ReactNode
}

/** A plot with its title above and a remark beside the title. */
export function PlotBox({ title, note = '', width = 'single', end, children }: PlotBoxProps): ReactElement {
  return (
    <section className={`${styles['box'] ?? ''} ${styles[width] ?? ''}`} aria-label={title}>
      <div className={styles['line']}>
        <h2>
          {title} {note === '' ? undefined : <small>{note}</small>}
        </h2>
        {end}
      </div>
      {children}
    </section>
  )
}
