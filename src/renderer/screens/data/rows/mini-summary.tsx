import type { ReactElement } from 'react'
import type { ColumnProfile } from '#shared/domain/profile.ts'
import { formatCount, formatNumber, formatShare } from '../../../components/format.ts'
import { MiniHistogram } from '../../../components/mini-histogram.tsx'
import { cellText } from '../../../components/cell-text.ts'
import { useColumnSummary } from '../column-summaries.ts'
import { useGrid } from './grid-context.ts'
import styles from './column-header.module.css'

/** Values of a column that get a part of the bar. */
const PARTS = 4
/** Share of the most frequent value below which the values are only counted. */
const LEAST_SHARE = 0.005
/** Characters of a value under the bar. */
const LONGEST = 40

/** The distribution of a column in its header: bars for numbers and dates, a divided line for values, else how many differ. */
export function MiniSummary({ column }: { readonly column: string }): ReactElement {
  const { place, rows } = useGrid()
  const { data, error } = useColumnSummary(place, column)
  if (error !== null) return <span className={styles['words']} title={error.message}>not counted</span>
  if (data === undefined) return <span className={styles['waiting']} aria-hidden="true" />
  if (data.numbers !== null && data.distinct > 1) return <MiniHistogram counts={data.numbers.histogram.counts} height={24} label={rangeWords(data)} />
  const [first] = data.top
  if (first === undefined || first.count < rows * LEAST_SHARE) return <span className={styles['words']}>{`${formatCount(data.distinct)} distinct`}</span>
  return (
    <>
      <span className={styles['parts']} aria-hidden="true">
        {data.top.slice(0, PARTS).map(({ value, count }) => (
          <i key={value} style={{ width: `${String((100 * count) / rows)}%` }} />
        ))}
      </span>
      <span className={styles['words']}>{`${cellText(first.value, LONGEST)} ${formatShare(first.count / rows)}`}</span>
    </>
  )
}

function rangeWords({ numbers, dates }: ColumnProfile): string {
  if (dates !== null) return `${new Date(dates.first).toISOString().slice(0, 10)} to ${new Date(dates.last).toISOString().slice(0, 10)}`
  const at = (wanted: number): number | undefined => numbers?.quantiles.find(({ q }) => q === wanted)?.value
  return `${formatNumber(at(0))} to ${formatNumber(at(1))}, half below ${formatNumber(at(0.5))}`
}
