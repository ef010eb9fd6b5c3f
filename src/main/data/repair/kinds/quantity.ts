import type { RepairOf } from '#shared/domain/repair.ts'
import { quoteLiteral } from '../../sql-text.ts'
import { bind, type RepairCell } from '../cell-context.ts'

const ABOUT = '(?:(?:approx(?:imately|\\.)?|about|around|circa|ca\\.?|c\\.|est\\.?|[~≈])\\s*)?'
const NUMBER = { '.': '([-+]?(?:[0-9]{1,3}(?:[, ][0-9]{3})+(?:\\.[0-9]+)?|[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+))', ',': '([-+]?(?:[0-9]{1,3}(?:[. ][0-9]{3})+(?:,[0-9]+)?|[0-9]+(?:,[0-9]*)?|,[0-9]+))' }

/** A pattern, the same for RE2 and JavaScript, of a whole quantity: perhaps "about", the number (group 1), the unit (group 2). */
export function quantityPattern(decimal: '.' | ','): string {
  return `^${ABOUT}${NUMBER[decimal]}\\s*([^0-9\\s.,+-][^0-9]*)?$`
}

/** How a unit is looked up: letter case counts in a single letter only ("m" is a metre, "M" is a million). */
export function unitKey(written: string): string {
  return written.length > 1 ? written.toLowerCase() : written
}

/** SQL for the number of a quantity as plain text; with factor 1 it keeps its digits as they are written. */
export function repairQuantity({ decimal, units, otherwise }: RepairOf<'quantity'>, { cell, sqlType }: RepairCell): string {
  if (sqlType !== 'VARCHAR') return cell
  const grouping = decimal === '.' ? `replace(replace(found.n, ',', ''), ' ', '')` : `replace(replace(replace(found.n, '.', ''), ' ', ''), ',', '.')`
  const suffix = `CASE WHEN length(found.u) > 1 THEN lower(found.u) ELSE found.u END`
  const position = `list_position([${units.map(([unit]) => quoteLiteral(unitKey(unit))).join(', ')}], ${suffix})`
  const list = (numbers: readonly number[]): string => `[${numbers.map((number) => `${number}::DOUBLE`).join(', ')}]`
  // Ten decimals hide what binary fractions add: 12.3 g is 0.0123 kg.
  const converted = `regexp_replace(CAST(round(CAST(${grouping} AS DOUBLE) * list_extract(${list(units.map(([, factor]) => factor))}, ${position}) + list_extract(${list(units.map(([, , offset]) => offset))}, ${position}), 10) AS VARCHAR), '[.]0$', '')`
  const same = units.filter(([, factor, offset]) => factor === 1 && offset === 0).map(([unit]) => quoteLiteral(unitKey(unit)))
  const value = units.length === same.length ? grouping : `CASE WHEN list_contains([${same.join(', ')}]::VARCHAR[], ${suffix}) THEN ${grouping} ELSE ${converted} END`
  const rest = otherwise === 'keep' ? cell : 'NULL'
  const found = `regexp_extract(${cell}, ${quoteLiteral(`(?i)${quantityPattern(decimal)}`)}, ['n', 'u'])`
  return `CASE WHEN ${cell} IS NOT NULL THEN ${bind('found', found, `CASE WHEN found.n <> '' AND ${position} IS NOT NULL THEN ${value} ELSE ${rest} END`)} END`
}
