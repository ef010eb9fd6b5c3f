import { basename } from 'node:path'
import type { DataEngine } from '../../engine.ts'
import type { SourceReport } from '../../finding.ts'
import { quoteIdentifier } from '../../sql-text.ts'
import type { OpenSource, PlainSource, SourceColumn, SourceOptions, SourceReader } from '../source-reader.ts'
import { lineAt } from '../text/read-blocks.ts'
import { openText, type TextFile } from '../text/text-file.ts'
import { uniqueNames } from '../unique-names.ts'
import { withDecimalPoint } from './decimal-comma.ts'
import { detectLayout, type TextLayout } from './detect-layout.ts'
import { explainRejects } from './explain-rejects.ts'
import { prepareText, type PreparedText } from './prepare-text.ts'
import { isSpeltSo } from './plain-text.ts'
import { LONGEST_LINE, readCsv, unusualLength, type CsvLayout } from './read-csv.ts'
import { readSample } from './read-sample.ts'
import { lineTooLong, noContent, unclosedQuote } from './text-problems.ts'

const SAMPLE_BYTES = 256 << 10
const LARGEST_SAMPLE = 32 << 20

/** Delimited text: any character between cells, white space or columns of fixed width; any usual encoding. */
export const delimitedReader: SourceReader = {
  id: 'delimited',
  label: 'Delimited text (CSV, TSV)',
  extensions: ['.csv', '.tsv', '.tab', '.txt'],
  open: openDelimited,
}

/** Opens a text file with a table in it. */
export async function openDelimited(engine: DataEngine, path: string, options: SourceOptions): Promise<OpenSource> {
  const text = await openText(engine, path, options.encoding, options.watch)
  try {
    const { long } = text.lines
    if (long !== undefined && long.bytes > LONGEST_LINE) throw lineTooLong(path, await lineAt(text.path, long.start), long.bytes, LONGEST_LINE)
    const layout = await layoutOf(path, text, options)
    const prepared = await prepareText(engine, path, text, layout, options.watch)
    return openPrepared(path, options, text, layout, prepared)
  } catch (error) {
    await text.close()
    throw error
  }
}

async function layoutOf(path: string, text: TextFile, options: SourceOptions): Promise<TextLayout> {
  for (let bytes = SAMPLE_BYTES; ; bytes *= 8) {
    const layout = detectLayout(await readSample(text.path, bytes), options)
    if (typeof layout === 'object') return layout
    if (layout === 'sample-too-short' && bytes < LARGEST_SAMPLE) continue
    throw layout === 'no-content' ? noContent(path) : unclosedQuote(path)
  }
}

function openPrepared(path: string, options: SourceOptions, text: TextFile, layout: TextLayout, prepared: PreparedText): OpenSource {
  const { dialect, header, commas } = layout
  const { separators } = dialect
  const width = layout.names.length
  const { names, findings } = header ? uniqueNames(layout.names) : { names: layout.names.map((_, index) => `column_${index + 1}`), findings: [] }
  const csv: CsvLayout = { separators, width, skip: prepared.skip, lineEnd: prepared.lineEnd, pad: options.ragged === 'pad', longest: unusualLength(text.lines) }
  return {
    from: readCsv(prepared.path, csv),
    plain: plainSource(text, prepared, csv),
    columns: names.map((name, index): SourceColumn => {
      const cell = quoteIdentifier(`c${index}`)
      return commas.has(index) ? { name, expression: withDecimalPoint(cell), written: cell, sqlType: 'VARCHAR' } : { name, expression: cell, sqlType: 'VARCHAR' }
    }),
    about: about(path, text, layout),
    findings: [...text.findings, ...layout.findings, ...prepared.findings, ...findings],
    explain: (engine, error) =>
      explainRejects(engine, path, error, {
        separators,
        width,
        scan: readCsv(prepared.path, csv, 'store_rejects = true, rejects_limit = 1000'),
        originalLine: prepared.originalLine,
      }),
    async close() {
      await prepared.close()
      await text.close()
    },
  }
}

/** Rows of more columns are few: checking them byte by byte gains nothing. */
const MOST_COLUMNS = 1000

function plainSource(text: TextFile, prepared: PreparedText, csv: CsvLayout): PlainSource | undefined {
  const { separators: { delimiter, quote, escape }, lineEnd, skip, width } = csv
  const isPlain = !text.lines.quotes && (quote === '"' || quote === '') && escape === undefined && prepared.path === text.path
  if (!isPlain || csv.pad || csv.longest !== undefined || lineEnd === '\r' || width > MOST_COLUMNS || !/^[\t -~]$/.test(delimiter)) return undefined
  return {
    from: (types) => readCsv(prepared.path, csv, '', types),
    isSpeltSo: (spellings, stopped) => isSpeltSo({ path: prepared.path, skip, delimiter, lineEnd }, spellings, stopped),
  }
}

function about(path: string, text: TextFile, { dialect, header, commas, comment, skip }: TextLayout): Omit<SourceReport, 'rows' | 'findings'> {
  const { separators, delimiter } = dialect
  return {
    file: basename(path),
    format: delimiter === '' ? 'fixed-width' : 'delimited',
    encoding: text.encoding,
    encodingConfidence: text.confidence,
    delimiter: delimiter === '' ? null : delimiter,
    quote: delimiter === '' ? null : separators.quote,
    ...(separators.escape === undefined ? {} : { escape: separators.escape }),
    header,
    ...(comment === undefined ? {} : { comment }),
    ...(skip === 0 ? {} : { skip }),
    decimal: commas.size > 0 ? ',' : '.',
  }
}
