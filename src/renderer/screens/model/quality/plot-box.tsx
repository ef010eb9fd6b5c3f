import type { ReactElement, ReactNode } from 'react'
import styles from './quality.module.css'

/** A plot with its title above and a remark beside the title. */
export function PlotBox({ title, note = '', width = 'single', children }: { readonly title: string; readonly note?: string; readonly width?: 'single' | 'double' | 'wide'; readonly children: ReactNode }): ReactElement {
  return (
    <section className={`${styles['box'] ?? ''} ${styles[width] ?? ''}`} aria-label={title}>
      <h2>
        {title} {note === '' ? undefined : <small>{note}</small>}
      </h2>
      {children}
    </section>
  )
}
