import { basename } from 'node:path'
import { MillraceError } from '#shared/errors.ts'
import type { DataEngine } from '../../engine.ts'
import { quoteIdentifier, quoteLiteral } from '../../sql-text.ts'
import type { OpenSource, SourceColumn, SourceOptions, SourceReader } from '../source-reader.ts'
import { uniqueNames } from '../unique-names.ts'
import { checkText } from './check-text.ts'
import { decimalCommaColumns, withDecimalPoint } from './decimal-comma.ts'
import { detectDialect } from './detect-dialect.ts'
import { detectHeader } from './detect-header.ts'
import { explainRejects } from './explain-rejects.ts'
import { evenLineEnds } from './line-ends.ts'
import { splitRecords, type Separators, type TextRecord } from './split-fields.ts'

/** Delimited text: comma, semicolon, tab or bar between fields, UTF-8. */
export const delimitedReader: SourceReader = {
  id: 'delimited',
  label: 'Delimited text (CSV, TSV)',
  extensions: ['.csv', '.tsv', '.tab', '.txt'],
  open: openDelimited,
}

async function openDelimited(engine: DataEngine, path: string, options: SourceOptions): Promise<OpenSource> {
  const text = await checkText(path)
  const separators = detectDialect(text.sample, text.cut, known(options))
  const records = splitRecords(text.sample, separators, { limit: 1000, cut: text.cut })
  const [first] = records ?? []
  if (records === null || first === undefined) throw records === null ? unclosedQuote(path) : noContent(path)
  const header = options.header ?? detectHeader(records, options.likelyNames)
  const width = header ? first.fields.length : commonWidth(records)
  const { names, findings } = header ? uniqueNames(first.fields) : { names: Array.from({ length: width }, (_, i) => `column_${i + 1}`), findings: [] }
  const readable = text.mixedLineEnds ? await evenLineEnds(engine, path, separators.quote) : path
  // DuckDB skips records, of which empty lines count: the header is one, whatever lines it holds.
  const layout = { separators, width, skip: header ? first.line + 1 : first.line, pad: options.ragged === 'pad' }
  const comma = separators.delimiter === ',' ? new Set<number>() : decimalCommaColumns(header ? records.slice(1) : records)
  return {
    from: readCsv(readable, layout),
    columns: names.map((name, index): SourceColumn => {
      const cell = quoteIdentifier(`c${index}`)
      return { name, expression: comma.has(index) ? withDecimalPoint(cell) : cell, sqlType: 'VARCHAR' }
    }),
    about: {
      file: basename(path),
      format: 'delimited',
      encoding: text.byteOrderMark ? 'utf-8-bom' : 'utf-8',
      delimiter: separators.delimiter,
      quote: separators.quote,
      header,
      decimal: comma.size > 0 ? ',' : '.',
    },
    findings,
    explain: (by, error) =>
      explainRejects(by, path, error, { separators, width, scan: readCsv(readable, layout, 'store_rejects = true, rejects_limit = 1000') }),
  }
}

function known(options: SourceOptions): Partial<Separators> {
  return {
    ...(options.delimiter === undefined ? {} : { delimiter: options.delimiter }),
    ...(options.quote === undefined ? {} : { quote: options.quote }),
  }
}

type Layout = { readonly separators: Separators; readonly width: number; readonly skip: number; readonly pad: boolean }

/** DuckDB's reader with every option said: it guesses nothing. Columns are c0, c1, … so that no name can get in the way. */
function readCsv(path: string, { separators, width, skip, pad }: Layout, more = ''): string {
  const columns = Array.from({ length: width }, (_, index) => `'c${index}': 'VARCHAR'`).join(', ')
  const settings = [
    'auto_detect = false',
    `delim = ${quoteLiteral(separators.delimiter)}`,
    `quote = ${quoteLiteral(separators.quote)}`,
    `escape = ${quoteLiteral(separators.quote)}`,
    'header = false',
    `skip = ${skip}`,
    `null_padding = ${pad}`,
    ...(pad ? ['parallel = false'] : []),
    'hive_partitioning = false',
    `compression = 'none'`,
    `columns = {${columns}}`,
    ...(more === '' ? [] : [more]),
  ]
  return `read_csv(${quoteLiteral(path)}, ${settings.join(', ')})`
}

/** The number of fields that most records have; the larger where two are equally frequent. */
function commonWidth(records: readonly TextRecord[]): number {
  const counts = new Map<number, number>()
  for (const { fields } of records) counts.set(fields.length, (counts.get(fields.length) ?? 0) + 1)
  const [best] = [...counts].toSorted(([a, m], [b, n]) => n - m || b - a)
  return best?.[0] ?? 1
}

function noContent(path: string): MillraceError {
  return new MillraceError({
    code: 'invalid-data',
    headline: 'The file holds only empty lines',
    message: `${path} has no header and no rows.`,
    nextStep: 'Export the data again, or name another file.',
    details: { file: path },
  })
}

function unclosedQuote(path: string): MillraceError {
  return new MillraceError({
    code: 'invalid-data',
    headline: 'A quoted cell never ends',
    message: `${path}: a quote is opened in the first lines and never closed.`,
    nextStep: 'Close or remove the quote, or say quote: "" where the file does not quote its cells.',
    details: { file: path },
  })
}
