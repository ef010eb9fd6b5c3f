import { z } from 'zod'
import { numberFormatSchema } from './number-format.ts'
import { repairSchema } from './repair.ts'

/**
 * Logical type of a column. It decides how cells are read:
 * `integer`, `decimal` and `datetime` as numbers, the others as the text that stands in the cell.
 */
export const columnTypeSchema = z.enum(['integer', 'decimal', 'boolean', 'category', 'text', 'datetime'])

/** Logical type of a column. */
export type ColumnType = z.infer<typeof columnTypeSchema>

/** What a column is for: `feature` enters the model, `identifier` and `ignore` never do by themselves. */
export const columnRoleSchema = z.enum(['feature', 'target', 'identifier', 'ignore'])

/** What a column is for. */
export type ColumnRole = z.infer<typeof columnRoleSchema>

/** One column of a dataset version: its type and role, why they were chosen, and its counts. */
export const columnSchemaSchema = z.object({
  name: z.string(),
  type: columnTypeSchema,
  role: columnRoleSchema,
  /** Why this type and role, in words. */
  reason: z.string(),
  /** Rows without a value. */
  missing: z.int().nonnegative(),
  /** Distinct values, missing not counted; approximate above 10,000. */
  distinct: z.int().nonnegative(),
  /** Cell texts that mean "no value" in this column, beside the empty cell (e.g. "?", "NA"). */
  missingTokens: z.array(z.string()),
  /** `datetime` only: the strptime format of the cells, or two with `|` between them, or `epoch`, `epoch-ms`, `excel`; absent where the file holds real timestamps. */
  format: z.string().optional(),
  /** Numbers only: how they are written, where not the plain way. */
  numberFormat: numberFormatSchema.optional(),
  /** What `prepare/clean` repairs in the cells of this column, in order; files to predict are repaired alike. */
  repairs: z.array(repairSchema).optional(),
})

/** One column of a dataset version. */
export type ColumnSchema = z.infer<typeof columnSchemaSchema>

/** Columns of a table in file order. */
export const tableSchemaSchema = z.object({ columns: z.array(columnSchemaSchema) })

/** Columns of a table in file order. */
export type TableSchema = z.infer<typeof tableSchemaSchema>

/** True where cells are read as numbers. */
export function isNumeric(type: ColumnType): boolean {
  return type === 'integer' || type === 'decimal'
}
