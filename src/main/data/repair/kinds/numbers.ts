import type { RepairOf } from '#shared/domain/repair.ts'
import { FORMAT_OR, isMoment, numberCell } from '../../cell.ts'
import { quoteLiteral } from '../../sql-text.ts'
import { bind, type RepairCell } from '../cell-context.ts'

function numberOf({ cell, sqlType, column }: RepairCell): string {
  return numberCell({ raw: cell, text: cell }, sqlType, column)
}

/** SQL that empties cells whose number stands for "no value". */
export function repairSentinels({ numbers }: RepairOf<'sentinels'>, repair: RepairCell): string {
  const listed = `list_contains([${numbers.map((number) => `${number}::DOUBLE`).join(', ')}], ${numberOf(repair)})`
  return `CASE WHEN ${listed} THEN NULL ELSE ${repair.cell} END`
}

/** SQL that empties numbers outside the bounds, or sets them to the bound. Cells that are no numbers stay. */
export function repairBounds({ min, max, outside }: RepairOf<'bounds'>, repair: RepairCell): string {
  const tests = [
    ...(min === null ? [] : [`WHEN number < ${min} THEN ${outside === 'clip' ? bound(min, repair) : 'NULL'}`]),
    ...(max === null ? [] : [`WHEN number > ${max} THEN ${outside === 'clip' ? bound(max, repair) : 'NULL'}`]),
  ]
  if (tests.length === 0) return repair.cell
  return bind('number', numberOf(repair), `CASE ${tests.join(' ')} ELSE ${repair.cell} END`)
}

/** A bound as a cell of the column would hold it. */
function bound(value: number, { sqlType, column }: RepairCell): string {
  const moment = `make_timestamp(${Math.round(value * 1000)}::BIGINT)`
  if (isMoment(sqlType)) return `CAST(${moment} AS ${sqlType})`
  if (sqlType !== 'VARCHAR') return `CAST(${value} AS ${sqlType})`
  if (column.type === 'datetime') return column.format === undefined ? `CAST(${moment} AS VARCHAR)` : `strftime(${moment}, ${quoteLiteral(column.format.split(FORMAT_OR, 1)[0] ?? '')})`
  const text = String(value)
  return quoteLiteral(column.numberFormat?.decimal === ',' ? text.replace('.', ',') : text)
}
