import { z } from 'zod'
import type { ColumnSchema } from '#shared/domain/schema.ts'
import { MillraceError } from '#shared/errors.ts'
import { isNotNumber, numberCell, trimmed } from './cell.ts'
import type { DataEngine } from './engine.ts'
import { ROW_NUMBER, scanParquet } from './parquet.ts'
import { quoteIdentifier } from './sql-text.ts'

/** The first cell of a column that holds something and yet is no number (for `datetime`: no date); row counts from 1. */
export type BadCell = { readonly row: number; readonly value: string; readonly count: number }

/** Finds text in a column that is to be read as numbers, in a Parquet file; undefined where all is well. */
export async function findBadCell(engine: DataEngine, path: string, sqlType: string, column: ColumnSchema): Promise<BadCell | undefined> {
  const raw = quoteIdentifier(column.name)
  const cell = { raw, text: trimmed(raw, sqlType) }
  const bad = isNotNumber(cell, sqlType, column, numberCell(cell, sqlType, column))
  const [found] = await engine.rows(
    `SELECT min(${ROW_NUMBER}) AS row, arg_min(CAST(${raw} AS VARCHAR), ${ROW_NUMBER}) AS value, count(*) AS count FROM ${scanParquet(path, { rowNumbers: true })} WHERE ${bad}`,
    z.object({ row: z.number().nullable(), value: z.string().nullable(), count: z.number() }),
  )
  return found === undefined || found.row === null ? undefined : { row: found.row + 1, value: found.value ?? '', count: found.count }
}

/** The error for text in a column of numbers or dates. */
export function notANumber(file: string, column: ColumnSchema, cell: Omit<BadCell, 'count'>, nextStep: string): MillraceError {
  const wanted = column.type === 'datetime' ? `a date${column.format === undefined ? '' : ` of the form ${column.format}`}` : 'a number'
  const value = cell.value.length > 80 ? `${cell.value.slice(0, 79)}…` : cell.value
  return new MillraceError({
    code: 'invalid-data',
    headline: `Column "${column.name}" holds a cell that is not ${wanted}`,
    message: `${file}, row ${cell.row}, column "${column.name}": "${value}" is not ${wanted}.`,
    nextStep,
    details: { file, row: cell.row, column: column.name, value },
  })
}
