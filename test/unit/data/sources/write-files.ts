import { rm, writeFile } from 'node:fs/promises'
import Database from 'better-sqlite3'
import { z } from 'zod'
import type { DataEngine } from '../../../../src/main/data/engine.ts'
import { describeRelation } from '../../../../src/main/data/parquet.ts'
import { workbookOf, type CellValue } from './write-workbook.ts'

type Cell = string | number | bigint | Date | null

const rowSchema = z.record(z.string(), z.union([z.string(), z.number(), z.bigint(), z.date(), z.null()]))

async function resultOf(engine: DataEngine, select: string): Promise<{ readonly names: readonly string[]; readonly rows: readonly (readonly Cell[])[] }> {
  const names = (await describeRelation(engine, `(${select})`)).map(({ name }) => name)
  const rows = await engine.rows(select, rowSchema)
  return { names, rows: rows.map((row) => names.map((name) => row[name] ?? null)) }
}

const dayText = (day: Date): string => day.toISOString().slice(0, 10)

/** Writes the rows of a query as an array of JSON objects. */
export async function writeJson(engine: DataEngine, select: string, path: string): Promise<void> {
  const { names, rows } = await resultOf(engine, select)
  const plain = (cell: Cell | undefined): string | number | null => (cell instanceof Date ? dayText(cell) : typeof cell === 'bigint' ? Number(cell) : (cell ?? null))
  await writeFile(path, JSON.stringify(rows.map((row) => Object.fromEntries(names.map((name, index) => [name, plain(row[index])])))))
}

/** Writes the rows of a query as an Excel workbook, days as serial numbers. */
export async function writeXlsx(engine: DataEngine, select: string, path: string): Promise<void> {
  const { names, rows } = await resultOf(engine, select)
  const cellOf = (cell: Cell): CellValue => (cell instanceof Date ? { serial: cell.getTime() / 86_400_000 + 25_569 } : typeof cell === 'bigint' ? Number(cell) : cell)
  await writeFile(path, workbookOf([names, ...rows.map((row) => row.map(cellOf))]))
}

/** Writes the rows of a query as the only table of an SQLite database, days as text. */
export async function writeSqlite(engine: DataEngine, select: string, path: string): Promise<void> {
  const { names, rows } = await resultOf(engine, select)
  await rm(path, { force: true })
  const database = new Database(path)
  database.exec(`CREATE TABLE t (${names.map((name) => `"${name}"`).join(', ')})`)
  const insert = database.prepare(`INSERT INTO t VALUES (${names.map(() => '?').join(', ')})`)
  const plain = (cell: Cell): string | number | bigint | null => (cell instanceof Date ? dayText(cell) : typeof cell === 'number' && Number.isInteger(cell) ? BigInt(cell) : cell)
  database.transaction(() => {
    for (const row of rows) insert.run(row.map(plain))
  })()
  database.close()
}
