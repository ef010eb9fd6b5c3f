import type { RepairOf } from '#shared/domain/repair.ts'
import { quoteLiteral } from '../../sql-text.ts'
import type { RepairCell } from '../cell-context.ts'
import { lookUp } from './spellings.ts'

/** SQL that replaces whole cells. */
export function repairValues({ values }: RepairOf<'values'>, { cell, sqlType }: RepairCell): string {
  const text = sqlType === 'VARCHAR' ? cell : `CAST(${cell} AS VARCHAR)`
  const replaced = lookUp(text, values.map(([from]) => quoteLiteral(from)).join(', '), values.map(([, to]) => (to === null ? 'NULL' : quoteLiteral(to))).join(', '), text)
  return sqlType === 'VARCHAR' ? replaced : `TRY_CAST(${replaced} AS ${sqlType})`
}
