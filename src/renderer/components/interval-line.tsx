import type { ReactElement } from 'react'
import styles from './interval-line.module.css'

/** A value with its interval on a common scale. */
export type IntervalLineProps = {
  readonly value: number
  readonly low?: number | undefined
  readonly high?: number | undefined
  /** Ends of the scale, the same for all rows of a table. */
  readonly scale: readonly [from: number, to: number]
  /** e.g. "ROC AUC 0.849, 95 % interval 0.835 to 0.862". */
  readonly label: string
  /** Drawn as a dashed line, e.g. the baseline. */
  readonly reference?: number | undefined
  readonly tone?: 'accent' | 'muted'
}

/** A dot with the line of its interval, in plain SVG, for a cell of a table. */
export function IntervalLine({ value, low, high, scale: [from, to], label, reference, tone = 'accent' }: IntervalLineProps): ReactElement {
  const at = (number: number): string => `${String(to === from ? 50 : Math.min(100, Math.max(0, ((number - from) / (to - from)) * 100)))}%`
  return (
    <svg role="img" aria-label={label} className={`${styles['line'] ?? ''} ${styles[tone] ?? ''}`}>
      <line className={styles['track'] ?? ''} x1="0" x2="100%" y1="50%" y2="50%" />
      {reference === undefined ? undefined : <line className={styles['reference'] ?? ''} x1={at(reference)} x2={at(reference)} y1="10%" y2="90%" />}
      {low === undefined || high === undefined ? undefined : <line className={styles['interval'] ?? ''} x1={at(low)} x2={at(high)} y1="50%" y2="50%" />}
      <circle className={styles['dot'] ?? ''} cx={at(value)} cy="50%" r="3.5" />
    </svg>
  )
}
