import type { ReactElement } from 'react'
import styles from './sparkline.module.css'

/** The course of a share, 0 … 1, over the last moments; the newest at the right, `room` points wide. */
export function Sparkline({ values, label, room, height = 40 }: { readonly values: readonly number[]; readonly label: string; readonly room: number; readonly height?: number }): ReactElement {
  const width = 100
  const step = width / Math.max(1, room - 1)
  const points = values.map((value, index) => `${(width - (values.length - 1 - index) * step).toFixed(2)},${((1 - Math.max(0, Math.min(1, value))) * height).toFixed(2)}`)
  const from = (width - (values.length - 1) * step).toFixed(2)
  return (
    <svg role="img" aria-label={label} viewBox={`0 0 ${String(width)} ${String(height)}`} preserveAspectRatio="none" className={styles['spark']} style={{ height }}>
      <path className={styles['grid'] ?? ''} d={`M0 ${String(height / 2)}H${String(width)}M0 ${String(height)}H${String(width)}`} />
      {points.length < 2 ? undefined : (
        <>
          <path className={styles['area'] ?? ''} d={`M${from},${String(height)}L${points.join('L')}L${String(width)},${String(height)}Z`} />
          <path className={styles['line'] ?? ''} d={`M${points.join('L')}`} />
        </>
      )}
    </svg>
  )
}
