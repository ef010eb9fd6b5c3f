import { Skeleton } from '@mantine/core'
import type { ReactElement } from 'react'
import styles from './skeletons.module.css'

const WIDTHS = ['52%', '38%', '61%', '45%', '57%', '33%'] as const

/** The shape of a table before its rows are here. */
export function TableSkeleton({ rows = 8, columns = 4 }: { readonly rows?: number; readonly columns?: number }): ReactElement {
  return (
    <div className={styles['table']} role="status" aria-label="Loading rows">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className={styles['row']}>
          {Array.from({ length: columns }, (_, column) => (
            <Skeleton key={column} height={8} width={WIDTHS[(row + column * 2) % WIDTHS.length] ?? '50%'} />
          ))}
        </div>
      ))}
    </div>
  )
}

/** The shape of a plot of `height` px before it is drawn. */
export function PlotSkeleton({ height }: { readonly height: number }): ReactElement {
  return <div className={styles['plot']} style={{ height }} role="status" aria-label="Loading plot" />
}

/** The shape of a form before its fields are here. */
export function FormSkeleton({ fields = 4 }: { readonly fields?: number }): ReactElement {
  return (
    <div className={styles['form']} role="status" aria-label="Loading form">
      {Array.from({ length: fields }, (_, field) => (
        <div key={field}>
          <Skeleton height={8} width={WIDTHS[field % WIDTHS.length] ?? '50%'} mb={8} />
          <Skeleton height={28} />
        </div>
      ))}
    </div>
  )
}

/** The shape of a few lines of text. */
export function TextSkeleton({ lines = 3 }: { readonly lines?: number }): ReactElement {
  return (
    <div className={styles['form']} role="status" aria-label="Loading">
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} height={8} width={WIDTHS[line % WIDTHS.length] ?? '50%'} />
      ))}
    </div>
  )
}
