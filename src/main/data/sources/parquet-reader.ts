import { basename } from 'node:path'
import { MillraceError } from '#shared/errors.ts'
import type { DataEngine } from '../engine.ts'
import type { Finding } from '../finding.ts'
import { describeRelation, scanParquet, type StoredColumn } from '../parquet.ts'
import { quoteIdentifier } from '../sql-text.ts'
import type { OpenSource, SourceColumn, SourceReader } from './source-reader.ts'
import { uniqueNames } from './unique-names.ts'

/** Parquet files. */
export const parquetReader: SourceReader = { id: 'parquet', label: 'Parquet', extensions: ['.parquet', '.pq'], recognises: (beginning) => beginning.subarray(0, 4).toString('latin1') === 'PAR1', open: openParquet }

async function openParquet(engine: DataEngine, path: string): Promise<OpenSource> {
  const from = scanParquet(path)
  const stored = await describeRelation(engine, from).catch((error: unknown) => {
    throw unreadable(path, error)
  })
  const { names, findings } = uniqueNames(stored.map((column) => column.name))
  const nested = stored.flatMap((column, index): Finding[] =>
    isNested(column.sqlType) || column.sqlType === 'BLOB' ? [keptAsText(names[index] ?? column.name, column.sqlType)] : [],
  )
  return {
    from,
    columns: stored.map((column, index) => sourceColumn(column, names[index] ?? column.name)),
    about: { file: basename(path), format: 'parquet', encoding: null, delimiter: null, quote: null, header: null, decimal: null },
    findings: [...findings, ...nested],
    explain: (_engine, error) => Promise.resolve(error instanceof MillraceError ? error : unreadable(path, error)),
  }
}

function keptAsText(column: string, sqlType: string): Finding {
  const shown = sqlType.length > 60 ? `${sqlType.slice(0, 59)}…` : sqlType
  if (sqlType === 'BLOB') return { kind: 'binary-column', column, message: `Column "${column}" holds binary data; it is kept as hexadecimal digits.` }
  return { kind: 'nested-column', column, message: `Column "${column}" holds ${shown}; it is kept as JSON text.` }
}

/** Every type as one of the four that datasets hold. */
function sourceColumn({ name, sqlType }: StoredColumn, finalName: string): SourceColumn {
  const cell = quoteIdentifier(name)
  if (/^U?(?:TINY|SMALL|BIG)?INT(?:EGER)?$/.test(sqlType) && sqlType !== 'UBIGINT') return { name: finalName, expression: `CAST(${cell} AS BIGINT)`, sqlType: 'BIGINT' }
  if (sqlType === 'FLOAT' || sqlType === 'DOUBLE' || sqlType.startsWith('DECIMAL')) {
    return { name: finalName, expression: `CAST(${cell} AS DOUBLE)`, sqlType: 'DOUBLE' }
  }
  if (sqlType === 'DATE' || sqlType.startsWith('TIMESTAMP')) return { name: finalName, expression: `CAST(${cell} AS TIMESTAMP)`, sqlType: 'TIMESTAMP' }
  const text = isNested(sqlType) ? `CAST(to_json(${cell}) AS VARCHAR)` : sqlType === 'BLOB' ? `lower(hex(${cell}))` : `CAST(${cell} AS VARCHAR)`
  return { name: finalName, expression: sqlType === 'VARCHAR' ? cell : text, sqlType: 'VARCHAR' }
}

/** Lists, structs, maps and unions, however deep. */
function isNested(sqlType: string): boolean {
  return /\]$|^(?:STRUCT|MAP|UNION)\(/.test(sqlType)
}

function unreadable(path: string, error: unknown): MillraceError {
  return new MillraceError(
    {
      code: 'invalid-data',
      headline: 'The file is not a Parquet file that can be read',
      message: `${path}: ${error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error)}`,
      nextStep: 'Check that the file is whole (it ends with the letters PAR1) and not encrypted, or export it again.',
      details: { file: path },
    },
    error,
  )
}
