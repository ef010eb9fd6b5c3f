import type { RepairOf } from '#shared/domain/repair.ts'
import { quoteLiteral } from '../../sql-text.ts'
import { bind, type RepairCell } from '../cell-context.ts'

/** Days that spreadsheets count from; whole numbers in this range are 1927 to 2119. */
const SERIALS = { epoch: '1899-12-30', from: 10_000, to: 80_000 } as const
const TWO_DIGIT_YEAR = '^[0-9]{1,2}[-/. ](?:[0-9]{1,2}|[A-Za-z]{3,9})[-/. ]+[0-9]{2}(?:[ T]|$)'

/** True where a text is a day as spreadsheets count them. */
export function isSerial(text: string): boolean {
  return /^[0-9]{5}$/.test(text) && Number(text) >= SERIALS.from && Number(text) <= SERIALS.to
}

/** SQL for a date in the column's one format; cells that no format reads stay as they are. */
export function repairDates({ formats, output, serials, latestYear }: RepairOf<'dates'>, { cell, sqlType }: RepairCell): string {
  if (sqlType !== 'VARCHAR') return cell
  const parsed = `try_strptime(${cell}, [${formats.map(quoteLiteral).join(', ')}])`
  const days = `TRY_CAST(${cell} AS INTEGER)`
  const counted = `CASE WHEN regexp_full_match(${cell}, '[0-9]{5}') THEN CASE WHEN ${days} BETWEEN ${SERIALS.from} AND ${SERIALS.to} THEN CAST(DATE '${SERIALS.epoch}' + ${days} AS TIMESTAMP) END END`
  const moment = serials ? `coalesce(${counted}, ${parsed})` : parsed
  const late = `year(found) > ${latestYear} AND regexp_matches(${cell}, '${TWO_DIGIT_YEAR}')`
  const settled = latestYear === null ? 'found' : `CASE WHEN ${late} THEN found - INTERVAL 100 YEAR ELSE found END`
  return `CASE WHEN ${cell} IS NOT NULL THEN coalesce(${bind('found', moment, `strftime(${settled}, ${quoteLiteral(output)})`)}, ${cell}) END`
}
