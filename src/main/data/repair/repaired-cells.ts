import type { Repair } from '#shared/domain/repair.ts'
import type { ColumnSchema } from '#shared/domain/schema.ts'
import { ROW_NUMBER, scanParquet } from '../parquet.ts'
import { tidyCell } from '../tidy-cell.ts'
import { repairLayers } from './repair-layers.ts'

/**
 * A relation of the cells of one stored column (`cell`) after its repairs and further ones, with row numbers; what means "no
 * value" is NULL from the start. A condition on `cell` in WHERE would be pushed down and evaluate the repairs again for each
 * place it stands in: count with FILTER, or look at the result.
 */
export function repairedCells(path: string, schema: ColumnSchema, sqlType: string, further: readonly Repair[] = []): string {
  const tidy = `(SELECT ${tidyCell(schema, sqlType)} AS tidy, ${ROW_NUMBER} FROM ${scanParquet(path, { rowNumbers: true })})`
  const { from, expressions } = repairLayers([{ schema: { ...schema, repairs: [...(schema.repairs ?? []), ...further] }, expression: 'tidy', sqlType }], tidy)
  return `(SELECT ${expressions[0] ?? 'tidy'} AS cell, ${ROW_NUMBER} FROM ${from})`
}
