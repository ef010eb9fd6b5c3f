import type { ReactElement } from 'react'
import styles from './mini-histogram.module.css'

/** A distribution small enough for a header: counts per bin, with what they are, read aloud. */
export type MiniHistogramProps = {
  readonly counts: ArrayLike<number>
  /** e.g. "18 to 94, most around 40". */
  readonly label: string
  readonly width?: number
  readonly height?: number
  /** Of a second group among the same rows, drawn in front. */
  readonly front?: ArrayLike<number>
  /** Bin that is marked. */
  readonly marked?: number
}

/** A distribution as bars, in plain SVG: there may be hundreds on a page. */
export function MiniHistogram({ counts, label, width = 96, height = 24, front, marked }: MiniHistogramProps): ReactElement {
  const bins = Array.from(counts)
  const most = Math.max(1, ...bins)
  const step = width / Math.max(1, bins.length)
  const gap = step > 3 ? 1 : 0
  const bar = (count: number, index: number, kind: string): ReactElement => {
    const size = count === 0 ? 0 : Math.max(1, (count / most) * height)
    return <rect key={`${kind}-${String(index)}`} className={styles[kind] ?? ''} x={index * step} y={height - size} width={Math.max(0.5, step - gap)} height={size} />
  }
  return (
    <svg role="img" aria-label={label} viewBox={`0 0 ${String(width)} ${String(height)}`} preserveAspectRatio="none" className={styles['histogram']} style={{ height }}>
      {bins.map((count, index) => bar(count, index, index === marked ? 'marked' : 'bar'))}
      {front === undefined ? undefined : Array.from(front).map((count, index) => bar(count, index, 'front'))}
    </svg>
  )
}
