import type { ReactElement } from 'react'
import styles from './progress-bar.module.css'

/** How far something is: `value` 0 … 1, null while it is not known. */
export function ProgressBar({ value, label, thick = false, tone = 'accent' }: { readonly value: number | null; readonly label: string; readonly thick?: boolean; readonly tone?: 'accent' | 'warning' | 'neutral' }): ReactElement {
  const known = value === null ? undefined : Math.round(Math.max(0, Math.min(1, value)) * 100)
  const classes = [styles['bar'], styles[tone], thick ? styles['thick'] : '', known === undefined ? styles['unknown'] : ''].join(' ')
  return (
    <div role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={100} {...(known === undefined ? {} : { 'aria-valuenow': known })} className={classes}>
      <i style={known === undefined ? {} : { width: `${String(known)}%` }} />
    </div>
  )
}
