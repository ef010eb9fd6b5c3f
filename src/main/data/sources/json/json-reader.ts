import { basename } from 'node:path'
import { MillraceError } from '#shared/errors.ts'
import type { DataEngine } from '../../engine.ts'
import type { Finding } from '../../finding.ts'
import { noRecords } from '../no-records.ts'
import type { OpenSource, SourceColumn, SourceOptions, SourceReader } from '../source-reader.ts'
import { openSpool, type Spool } from '../spool.ts'
import { uniqueNames } from '../unique-names.ts'
import { findRecords } from './find-records.ts'
import { createFlattener, partsOf, type FlatColumn } from './flatten.ts'
import { parseRecord, withoutInfinities } from './parse-record.ts'
import { recordFindings } from './record-findings.ts'
import { LINES, scanJson, TOP, type JsonElement } from './scan-json.ts'
import { textBlocks } from '../text-blocks.ts'

/** JSON: an array of records, JSON lines, or a list of records somewhere in an object (GeoJSON, answers of web services). */
export const jsonReader: SourceReader = {
  id: 'json',
  label: 'JSON, JSON lines',
  extensions: ['.json', '.jsonl', '.ndjson', '.geojson'],
  recognises: (beginning) => beginsLikeJson(beginning.toString('latin1')),
  open: openJson,
}

/** An array of records or arrays, or an object whose first key is quoted; text tables do not begin so. */
function beginsLikeJson(text: string): boolean {
  return /^(?:\xef\xbb\xbf)?\s*(?:\[\s*[{[]|\{\s*"(?:[^"\\\r\n]|\\.)*"\s*:)/.test(text)
}

async function openJson(engine: DataEngine, path: string, options: SourceOptions): Promise<OpenSource> {
  const watch = options.watch ?? (() => undefined)
  const { place, findings } = findRecords(path, options.records, watch)
  const spool = await openSpool(engine, path)
  try {
    const read = spoolRecords(path, place, spool, watch)
    if (spool.rows === 0 && options.likelyNames === undefined) throw noRecords(path, place === TOP || place === LINES ? 'no records' : `no records at "${place}"`)
    const from = spool.finish()
    const { columns, findings: naming } = namedColumns(read.columns, options.likelyNames ?? [])
    return {
      from,
      columns,
      about: { file: basename(path), format: 'json', encoding: 'utf-8', delimiter: null, quote: null, header: null, decimal: '.', part: place },
      findings: [...findings, ...naming, ...recordFindings(read.columns, spool.rows, read.infinities)],
      explain: (_engine, error) => Promise.resolve(error),
      close: () => spool.remove(),
    }
  } catch (error) {
    await spool.remove()
    throw error
  }
}

type Read = { readonly columns: readonly FlatColumn[]; readonly infinities: number }

function spoolRecords(path: string, place: string, spool: Spool, watch: () => void): Read {
  const flattener = createFlattener(path)
  let infinities = 0
  const onElement = (element: JsonElement): boolean => {
    if (element.place !== place) return true
    if (element.kind === 'scalar') throw notARecord(path, element)
    let record: unknown
    try {
      record = parseRecord(element.text)
    } catch (error) {
      const mended = withoutInfinities(element.text)
      if (mended.count === 0) throw invalidRecord(path, element, error)
      infinities += mended.count
      record = parseMended(path, element, mended.text)
    }
    spool.add(flattener.cells(record))
    return true
  }
  scanJson(textBlocks(path, watch), { file: path, walk: place !== LINES && place !== TOP, wanted: place, onElement })
  return { columns: flattener.columns, infinities }
}

function parseMended(path: string, element: JsonElement, text: string): unknown {
  try {
    return parseRecord(text)
  } catch (error) {
    throw invalidRecord(path, element, error)
  }
}

/**
 * Names and SQL of the columns. A short list of numbers becomes a column per place (`ll.0`, `ll.1`). A column without any value
 * gives way to the columns below it that a model expects, as where every record says `"geometry": null`.
 */
function namedColumns(flat: readonly FlatColumn[], likelyNames: readonly string[]): { readonly columns: readonly SourceColumn[]; readonly findings: readonly Finding[] } {
  const parts = flat.flatMap((column, index): { name: string; expression: string }[] => {
    const name = column.path.join('.')
    const cell = `c${index}`
    const below = column.values > 0 ? [] : likelyNames.filter((likely) => likely.startsWith(`${name}.`))
    if (below.length > 0) return below.map((likely) => ({ name: likely, expression: 'CAST(NULL AS VARCHAR)' }))
    if (column.values === 0 && flat.some((other) => other !== column && isBelow(other, column))) return []
    const length = partsOf(column)
    if (length === 0) return [{ name, expression: cell }]
    return Array.from({ length }, (_, part) => ({ name: `${name}.${part}`, expression: `string_split(${cell}[2:-2], ',')[${part + 1}]` }))
  })
  const wanted = flat.length === 0 ? likelyNames.map((name) => ({ name, expression: 'CAST(NULL AS VARCHAR)' })) : parts
  const { names, findings } = uniqueNames(wanted.map(({ name }) => name))
  return { columns: wanted.map(({ expression }, index) => ({ name: names[index] ?? '', expression, sqlType: 'VARCHAR' })), findings }
}

function isBelow(inner: FlatColumn, outer: FlatColumn): boolean {
  return inner.path.length > outer.path.length && outer.path.every((key, index) => inner.path[index] === key)
}

function invalidRecord(file: string, { line, text }: JsonElement, error: unknown): MillraceError {
  const reason = error instanceof Error ? error.message.split('\n', 1)[0] : String(error)
  return new MillraceError(
    {
      code: 'invalid-data',
      headline: 'The file is not valid JSON',
      message: `${file}, record that starts in line ${line}: ${reason}.`,
      nextStep: 'Correct the record or export the file again.',
      details: { file, line, value: text.slice(0, 80) },
    },
    error,
  )
}

function notARecord(file: string, { line, text }: JsonElement): MillraceError {
  return new MillraceError({
    code: 'invalid-data',
    headline: 'The file holds values that are no records',
    message: `${file}, line ${line}: "${text.slice(0, 80)}" is neither an object nor a list, so it makes no row.`,
    nextStep: 'Each record is an object such as {"name": "x", "size": 3}; say with "records" where they are in the file.',
    details: { file, line, value: text.slice(0, 80) },
  })
}
