import type { ReactElement, ReactNode } from 'react'
import styles from './tag.module.css'

/** What a tag says by its colour; its words say it as well. */
export type Tone = 'neutral' | 'success' | 'warning' | 'danger' | 'info' | 'accent' | 'outline'

/** A small label for a state or a kind. */
export function Tag({ tone = 'neutral', icon, title, children }: { readonly tone?: Tone; readonly icon?: ReactNode; readonly title?: string; readonly children: ReactNode }): ReactElement {
  return (
    <span className={`${styles['tag'] ?? ''} ${styles[tone] ?? ''}`} title={title}>
      {icon}
      {children}
    </span>
  )
}

/** A coloured dot before words that say the same. */
export function Dot({ tone = 'neutral' }: { readonly tone?: Tone }): ReactElement {
  return <span className={`${styles['dot'] ?? ''} ${styles[`dot-${tone}`] ?? ''}`} aria-hidden="true" />
}
