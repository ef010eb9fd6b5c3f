import { rm, stat, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import type { AbortFlag } from '../../base/abort.ts'
import type { DataEngine } from '../engine.ts'
import { ROW_NUMBER, scanParquet } from '../parquet.ts'
import { quoteIdentifier, quoteLiteral } from '../sql-text.ts'
import { untidy } from '../view-cell.ts'
import type { NumberedRows } from '../view-sql.ts'
import { interruptible } from './interruptible.ts'

/** A copy of a dataset in DuckDB's own form. */
export type TableCopy = { readonly rows: NumberedRows; close(): Promise<void> }

/** Bytes of a copy, as a multiple of the Parquet file's: what DuckDB's own compression comes to at most, with room. */
const GROWTH = 5

let copies = 0

/**
 * Copies a dataset into a database file of DuckDB's. A Parquet file gives rows by the ten thousand; in DuckDB's own form a
 * single row is found by its number in microseconds, which pages of a sorted table need. Undefined where the disk has too
 * little room for it; what fails leaves nothing behind.
 */
export async function copyTable(engine: DataEngine, parquet: string, { schema, types }: NumberedRows, file: string, signal: AbortFlag): Promise<TableCopy | undefined> {
  const [{ size }, disk] = await Promise.all([stat(parquet), statfs(dirname(file))])
  if (GROWTH * size > (disk.bavail * disk.bsize) / 2) return undefined
  const database = `copy_${copies++}`
  const close = async (): Promise<void> => {
    await engine.run(`DETACH DATABASE IF EXISTS ${database}`)
    await rm(file, { force: true })
    await rm(`${file}.wal`, { force: true })
  }
  let tidy: ReadonlySet<string>
  try {
    await engine.run(`ATTACH ${quoteLiteral(file)} AS ${database}`)
    // Names of its own: a dataset may have a column "rowid".
    const stored = schema.columns.map(({ name }, i) => `${quoteIdentifier(name)} AS c${i}`).join(', ')
    tidy = await interruptible(engine, signal, async (own) => {
      await own.run(`CREATE TABLE ${database}.copied AS SELECT ${stored} FROM ${scanParquet(parquet)}`)
      return tidyColumns(own, `${database}.copied`, schema.columns.map(({ name }) => types.get(name) ?? 'VARCHAR'), schema.columns.map(({ name }) => name))
    })
  } catch (error) {
    await close()
    throw error
  }
  const named = schema.columns.map(({ name }, i) => `c${i} AS ${quoteIdentifier(name)}`).join(', ')
  return { rows: { from: `(SELECT ${named}, rowid AS ${ROW_NUMBER} FROM ${database}.copied)`, schema, types, tidy }, close }
}

/** The columns none of whose values stands in the way of reading them as they are stored. */
async function tidyColumns(engine: DataEngine, table: string, sqlTypes: readonly string[], names: readonly string[]): Promise<ReadonlySet<string>> {
  const tests = sqlTypes.map((sqlType, i) => `coalesce(bool_or(${untidy(sqlType, `c${i}`) ?? 'false'}), false) AS c${i}`)
  const [found] = await engine.rows(`SELECT ${tests.join(', ')} FROM ${table}`, z.record(z.string(), z.boolean()))
  return new Set(names.filter((_, i) => found?.[`c${i}`] === false))
}

