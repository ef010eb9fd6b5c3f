import { quoteLiteral } from '../../sql-text.ts'
import type { LineFacts } from '../text/line-facts.ts'
import type { Separators } from './split-fields.ts'

/** How DuckDB takes a text apart. */
export type CsvLayout = {
  readonly separators: Separators
  readonly width: number
  /** Records before the first row, empty lines included. */
  readonly skip: number
  readonly lineEnd: '\n' | '\r\n' | '\r'
  /** Take fields that lines lack as missing. */
  readonly pad: boolean
  /** Bytes of the longest line, where that is more than DuckDB takes by itself. */
  readonly longest?: number | undefined
}

/** The longest line that is read, in bytes: DuckDB holds some of them at a time in each thread. */
export const LONGEST_LINE = 16 << 20

/** DuckDB takes lines of two million bytes if nothing is said. */
const USUAL_LONGEST_LINE = 2_000_000

/** The longest line where it is longer than usual. */
export function unusualLength(lines: LineFacts): number | undefined {
  return lines.long !== undefined && lines.long.bytes > USUAL_LONGEST_LINE ? lines.long.bytes : undefined
}

/**
 * DuckDB's reader with every option said: it guesses nothing. Columns are c0, c1, … so that no name can get in the way; they are
 * texts if no `types` are said.
 */
export function readCsv(path: string, { separators, width, skip, lineEnd, pad, longest }: CsvLayout, more = '', types: readonly string[] = []): string {
  const { delimiter, quote, escape = quote } = separators
  const columns = Array.from({ length: width }, (_, index) => `'c${index}': '${types[index] ?? 'VARCHAR'}'`).join(', ')
  const settings = [
    'auto_detect = false',
    `delim = ${quoteLiteral(delimiter)}`,
    `quote = ${quoteLiteral(quote)}`,
    `escape = ${quoteLiteral(escape)}`,
    'header = false',
    `skip = ${skip}`,
    `new_line = '${lineEnd === '\n' ? '\\n' : lineEnd === '\r' ? '\\r' : '\\r\\n'}'`,
    `null_padding = ${pad}`,
    ...(pad ? ['parallel = false'] : []),
    ...(longest === undefined ? [] : [`max_line_size = ${longest + 1024}`, `buffer_size = ${2 * longest + 4096}`, 'parallel = false']),
    'hive_partitioning = false',
    `compression = 'none'`,
    `columns = {${columns}}`,
    ...(more === '' ? [] : [more]),
  ]
  return `read_csv(${quoteLiteral(path)}, ${settings.join(', ')})`
}
