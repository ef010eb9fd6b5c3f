import type { ReactElement } from 'react'
import type { Distribution } from '#shared/domain/distribution.ts'
import styles from './distribution-bars.module.css'

type Bar = { readonly key: string; readonly count: number; readonly marked: number; readonly title: string }

function barsOf(distribution: Distribution): readonly Bar[] {
  if (distribution.kind === 'levels') return distribution.levels.map(({ value, count, marked = 0 }) => ({ key: value, count, marked, title: `${value}: ${String(count)}` }))
  return distribution.counts.map((count, index) => ({ key: String(index), count, marked: distribution.marked?.[index] ?? 0, title: String(count) }))
}

/** A distribution at a glance: all rows grey, those of the marked class in its colour. The figures stand beside it. */
export function DistributionBars({ distribution, height = 40 }: { readonly distribution: Distribution; readonly height?: number }): ReactElement {
  const bars = barsOf(distribution)
  const greatest = Math.max(1, ...bars.map(({ count }) => count))
  const width = 100 / Math.max(1, bars.length)
  const gap = distribution.kind === 'levels' ? Math.min(2, width / 8) : Math.min(0.6, width / 8)
  return (
    <svg className={styles['bars']} viewBox={`0 0 100 ${String(height)}`} height={height} preserveAspectRatio="none" aria-hidden="true">
      {bars.map(({ key, count, marked }, index) => (
        <g key={key}>
          <rect className={styles['all']} x={index * width + gap / 2} width={width - gap} y={height - (count / greatest) * height} height={(count / greatest) * height} />
          <rect className={styles['marked']} x={index * width + gap / 2} width={width - gap} y={height - (marked / greatest) * height} height={(marked / greatest) * height} />
        </g>
      ))}
    </svg>
  )
}
