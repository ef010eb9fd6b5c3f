import type { RepairOf } from '#shared/domain/repair.ts'
import { isOneOf, quoteLiteral } from '../../sql-text.ts'
import type { RepairCell } from '../cell-context.ts'

/** SQL that empties texts that are not allowed. */
export function repairTexts({ allowed, pattern }: RepairOf<'texts'>, { cell, sqlType }: RepairCell): string {
  const text = sqlType === 'VARCHAR' ? cell : `CAST(${cell} AS VARCHAR)`
  const tests = [...(allowed === null ? [] : [isOneOf(text, allowed)]), ...(pattern === null ? [] : [`regexp_full_match(${text}, ${quoteLiteral(pattern)})`])]
  return tests.length === 0 ? cell : `CASE WHEN ${tests.join(' AND ')} THEN ${cell} END`
}
