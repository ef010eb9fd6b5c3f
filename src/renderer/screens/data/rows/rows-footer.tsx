import { Check, TriangleAlert } from 'lucide-react'
import type { ReactElement } from 'react'
import type { DatasetDescription } from '#shared/contract/datasets.ts'
import { formatBytes, formatCount, formatDuration } from '../../../components/format.ts'
import type { GridSight } from './data-grid.tsx'
import styles from './rows.module.css'

/** Which rows are in sight, how long reading them took, and whether learning from all of them fits into the memory. */
export function RowsFooter({ sight, shown, description }: { readonly sight: GridSight | undefined; readonly shown: number; readonly description: DatasetDescription }): ReactElement {
  const { memory, columns } = description
  const fits = memory.bytes <= memory.budgetBytes
  return (
    <footer className={styles['footer']}>
      <span>{sight === undefined ? '' : rangeWords(sight)}</span>
      {sight === undefined || sight.milliseconds === null ? undefined : <span className={styles['quiet']}>{`page read in ${formatDuration(sight.milliseconds / 1000)}`}</span>}
      <span className={styles['end']}>
        {shown === columns.length ? undefined : <span>{`${formatCount(shown)} of ${formatCount(columns.length)} columns shown`}</span>}
        <span title={`Learning from every row takes about ${formatBytes(memory.bytes)}; one step may use ${formatBytes(memory.budgetBytes)}.`}>
          To learn from all rows about <b>{formatBytes(memory.bytes)}</b>
        </span>
        <span className={fits ? styles['fits'] : styles['exceeds']}>
          {fits ? <Check size={14} /> : <TriangleAlert size={14} />}
          {fits ? 'fits' : `of ${formatBytes(memory.budgetBytes)}: learn from a sample`}
        </span>
      </span>
    </footer>
  )
}

function rangeWords({ first, last, total }: GridSight): string {
  if (total === 0) return 'No rows'
  if (last < 0) return ''
  const end = total === null ? last + 1 : Math.min(last + 1, total)
  return `Rows ${formatCount(Math.max(0, first) + 1)}–${formatCount(end)} of ${total === null ? '…' : formatCount(total)}`
}
