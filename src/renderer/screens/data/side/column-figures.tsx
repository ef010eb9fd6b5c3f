import type { ReactElement, ReactNode } from 'react'
import type { ColumnProfile } from '#shared/domain/profile.ts'
import { cellText } from '../../../components/cell-text.ts'
import { formatCount, formatNumber, formatShare } from '../../../components/format.ts'
import styles from './column-pane.module.css'

/** The figures of a column: what is missing, how many differ, and where its values lie. */
export function ColumnFigures({ profile, rows }: { readonly profile: ColumnProfile; readonly rows: number }): ReactElement {
  const { missing, distinct, distinctExact, numbers, dates, top } = profile
  const isNumber = numbers !== null && dates === null
  return (
    <>
      <dl className={styles['figures']}>
        <Figure name="Missing" warn={missing > 0}>
          {formatCount(missing)}
          {missing > 0 ? <small>{formatShare(missing / Math.max(1, rows), missing / rows < 0.1 ? 2 : 1)}</small> : undefined}
        </Figure>
        <Figure name="Distinct">
          {distinctExact ? '' : '≈ '}
          {formatCount(distinct)}
        </Figure>
        {isNumber ? <Figure name="Mean">{formatNumber(numbers.mean, 5)}</Figure> : undefined}
        {isNumber ? <Figure name="Std dev">{formatNumber(numbers.deviation, 5)}</Figure> : undefined}
        {dates === null ? undefined : <Figure name="First">{day(dates.first)}</Figure>}
        {dates === null ? undefined : <Figure name="Last">{day(dates.last)}</Figure>}
        {numbers === null && top[0] !== undefined ? <Figure name="Most frequent">{formatShare(top[0].count / Math.max(1, rows), 1)}</Figure> : undefined}
      </dl>
      {isNumber ? <Quantiles numbers={numbers} /> : undefined}
    </>
  )
}

function Figure({ name, warn = false, children }: { readonly name: string; readonly warn?: boolean; readonly children: ReactNode }): ReactElement {
  return (
    <div>
      <dt>{name}</dt>
      <dd className={warn ? styles['warn'] : undefined}>{children}</dd>
    </div>
  )
}

const SHOWN: readonly (readonly [q: number, name: string])[] = [[0, 'Min'], [0.05, '5 %'], [0.25, '25 %'], [0.5, 'Median'], [0.75, '75 %'], [0.95, '95 %'], [1, 'Max']]

function Quantiles({ numbers }: { readonly numbers: NonNullable<ColumnProfile['numbers']> }): ReactElement {
  return (
    <dl className={styles['quantiles']}>
      {SHOWN.map(([q, name]) => (
        <div key={q} className={q === 0.5 ? styles['median'] : undefined}>
          <dt>{name}</dt>
          <dd>{formatNumber(numbers.quantiles.find((quantile) => quantile.q === q)?.value)}</dd>
        </div>
      ))}
    </dl>
  )
}

/** The most frequent values with their share; pressing one shows only its rows. */
export function TopValues({ profile, rows, onValue }: { readonly profile: ColumnProfile; readonly rows: number; onValue(value: string): void }): ReactElement | null {
  if (profile.top.length === 0 || profile.dates !== null) return null
  return (
    <ul className={styles['values']}>
      {profile.top.slice(0, 10).map(({ value, count }) => (
        <li key={value}>
          <button type="button" title={`Only rows with ${cellText(value)}`} onClick={() => onValue(value)}>
            <span>{cellText(value, 60)}</span>
            <span className={styles['many']}>{formatCount(count)}</span>
            <span className={styles['share']}>{formatShare(count / Math.max(1, rows), 1)}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}

function day(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}
