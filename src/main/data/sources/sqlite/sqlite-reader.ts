import { basename } from 'node:path'
import type { DataEngine } from '../../engine.ts'
import type { Finding } from '../../finding.ts'
import type { OpenSource, SourceOptions, SourceReader } from '../source-reader.ts'
import { openSpool, type Spool } from '../spool.ts'
import { uniqueNames } from '../unique-names.ts'
import { chooseSelect, type ChosenSelect } from './choose-select.ts'
import { explainSqliteError, openDatabase } from './open-database.ts'

/** Tables, views and queries of SQLite databases. */
export const sqliteReader: SourceReader = {
  id: 'sqlite',
  label: 'SQLite database',
  extensions: ['.sqlite', '.sqlite3', '.db', '.db3'],
  recognises: (beginning) => beginning.subarray(0, 16).toString('latin1') === 'SQLite format 3\0',
  open: openSqlite,
}

/** Rows between two looks at whether to stop. */
const WATCH_ROWS = 1000
/** Longest binary cell that is kept, as hexadecimal digits. */
const MOST_BINARY_BYTES = 1024

async function openSqlite(engine: DataEngine, path: string, options: SourceOptions): Promise<OpenSource> {
  const open = await openDatabase(engine, path)
  const spool = await openSpool(engine, path)
  try {
    const select = chooseSelect(path, open.database, options)
    const { names, findings } = uniqueNames(select.statement.columns().map((column) => column.name))
    const binaries = spoolRows(select, spool, options.watch)
    return {
      from: spool.finish(names.length),
      columns: names.map((name, index) => ({ name, expression: `c${index}`, sqlType: 'VARCHAR' })),
      about: { file: basename(path), format: 'sqlite', encoding: null, delimiter: null, quote: null, header: null, decimal: null, part: select.part },
      findings: [...findings, ...binaryFindings(names, binaries)],
      explain: (_engine, error) => Promise.resolve(error),
      close: () => spool.remove(),
    }
  } catch (error) {
    await spool.remove()
    throw explainSqliteError(path, error)
  } finally {
    open.database.close()
    await open.close()
  }
}

/** What a cell of SQLite holds. */
type Value = string | number | bigint | Uint8Array | null

type Binaries = Map<number, { kept: number; left: number }>

function spoolRows({ statement }: ChosenSelect, spool: Spool, watch: (() => void) | undefined): Binaries {
  const binaries: Binaries = new Map()
  for (const row of statement.raw(true).safeIntegers(true).iterate() as IterableIterator<readonly Value[]>) {
    if (spool.rows % WATCH_ROWS === 0) watch?.()
    spool.add(row.map((value, column) => (value instanceof Uint8Array ? binaryText(value, column, binaries) : cellText(value))))
  }
  return binaries
}

/** A value as SQLite's own shell shows it: whole numbers in all their digits, 15.0 as a real number. */
function cellText(value: Exclude<Value, Uint8Array>): string | null {
  if (value === null) return null
  if (typeof value === 'string') return value
  if (typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 1e15) return value.toFixed(1)
  return String(value)
}

function binaryText(value: Uint8Array, column: number, binaries: Binaries): string | null {
  const count = binaries.get(column) ?? { kept: 0, left: 0 }
  binaries.set(column, count)
  if (value.length > MOST_BINARY_BYTES) {
    count.left++
    return null
  }
  count.kept++
  return Buffer.from(value).toString('hex')
}

function binaryFindings(names: readonly string[], binaries: Binaries): Finding[] {
  return [...binaries].map(([column, { kept, left }]) => {
    const name = names[column] ?? ''
    const long = left === 0 ? '' : ` ${left.toLocaleString('en')} of more than ${MOST_BINARY_BYTES} bytes are taken as missing.`
    return { kind: 'binary-column', column: name, message: `Column "${name}" holds binary data; ${kept === 0 ? 'it is no text.' : 'it is kept as hexadecimal digits.'}${long}`, count: kept + left }
  })
}
