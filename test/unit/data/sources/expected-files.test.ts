import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readAll } from './read-all.ts'
import { useSourceFolder } from './source-folder.ts'

const shared = fileURLToPath(new URL('../../../../../shared/data/', import.meta.url))
const folder = useSourceFolder()

const textFile = z.object({
  encoding: z.string(),
  delimiter: z.string(),
  header: z.boolean(),
  rows: z.number(),
  columns: z.number(),
  column_names: z.array(z.string()),
  missing_marks: z.array(z.string()),
  missing: z.record(z.string(), z.number()),
  first_row: z.array(z.string()),
  last_row: z.array(z.string()),
  non_ascii_fields: z.number(),
})

const variants = z.object({
  tracks: z.object({
    rows: z.number(),
    column_names: z.array(z.string()),
    composer_missing: z.number(),
    sum_minutes: z.number(),
    sum_megabytes: z.number(),
    non_ascii_fields: z.number(),
  }),
  airquality: z.object({ data_rows: z.number(), real_columns: z.number(), empty_trailing_columns: z.number(), empty_trailing_lines: z.number() }),
  files: z.record(z.string(), z.unknown()),
})

function expected(path: string): unknown {
  return existsSync(shared + path) ? JSON.parse(readFileSync(shared + path, 'utf8')) : {}
}

const formats = Object.entries(expected('formats/expected.json') as Record<string, unknown>).flatMap(([file, entry]) => {
  const parsed = textFile.safeParse(entry)
  return parsed.success ? [{ file, entry: parsed.data }] : []
})

/** ASCII is all of these at once. */
const sameEncoding: Readonly<Record<string, readonly string[]>> = {
  'utf-8-sig': ['utf-8-bom'],
  'utf-8': ['utf-8', 'ascii'],
  'latin-1': ['latin-1', 'ascii'],
}

const isAscii = (cell: string | null): boolean => !/[\u0080-\uffff]/.test(cell ?? '')
const shortened = (cell: string | null, wanted: string): string => (wanted.endsWith('...') ? `${(cell ?? '').slice(0, wanted.length - 3)}...` : (cell ?? ''))

describe.skipIf(!existsSync(shared))('files of ../shared/data read as their expected.json says (skipped where it is absent)', () => {
  it.each(formats)('formats/$file', async ({ file, entry }) => {
    const { names, rows, about } = await readAll(folder.engine, `${shared}formats/${file}`)
    expect(sameEncoding[entry.encoding] ?? [entry.encoding]).toContain(about.encoding)
    expect([about.delimiter, about.header, rows.length, names.length]).toEqual([entry.delimiter, entry.header, entry.rows, entry.columns])
    expect(names).toEqual(entry.column_names.map((name, index) => (name === '' ? `column_${index + 1}` : name)))
    expect(rows[0]?.map((cell, index) => shortened(cell, entry.first_row[index] ?? ''))).toEqual(entry.first_row)
    expect(rows.at(-1)?.map((cell, index) => shortened(cell, entry.last_row[index] ?? ''))).toEqual(entry.last_row)
    const missing = entry.column_names.flatMap((name, index) => {
      const count = rows.filter((row) => entry.missing_marks.includes((row[index] ?? '').trim())).length
      return count === 0 ? [] : [[name, count] as const]
    })
    expect(Object.fromEntries(missing)).toEqual(entry.missing)
    expect(rows.flat().filter((cell) => !isAscii(cell))).toHaveLength(entry.non_ascii_fields)
  })

  const spec = existsSync(shared) ? variants.parse(expected('encoding-variants/expected.json')) : undefined
  const tracks = Object.keys(spec?.files ?? {}).filter((file) => file.startsWith('tracks-'))
  const encodings: Readonly<Record<string, string>> = { 'tracks-cp1252-null.csv': 'latin-1', 'tracks-latin1-semicolon-decimal-comma.csv': 'latin-1' }

  it.each(tracks)('encoding-variants/%s', async (file) => {
    const wanted = variants.shape.tracks.parse(spec?.tracks)
    const { names, rows, about } = await readAll(folder.engine, `${shared}encoding-variants/${file}`)
    expect([names, rows.length]).toEqual([wanted.column_names, wanted.rows])
    expect(about.encoding).toBe(encodings[file] ?? /utf\d+(?:le|be|-bom)?/.exec(file)?.[0].replace('utf', 'utf-'))
    const sum = (name: string): number => rows.reduce((total, row) => total + Number(row[names.indexOf(name)]), 0)
    expect(sum('minutes')).toBeCloseTo(wanted.sum_minutes, 4)
    expect(sum('megabytes')).toBeCloseTo(wanted.sum_megabytes, 4)
    expect(rows.filter((row) => ['', 'NULL', '\\N'].includes(row[names.indexOf('composer')] ?? ''))).toHaveLength(wanted.composer_missing)
    expect(rows.flat().filter((cell) => !isAscii(cell))).toHaveLength(wanted.non_ascii_fields)
  })

  it('encoding-variants: all tracks hold the same text, whatever their encoding', async () => {
    const seen = await Promise.all(
      tracks.map(async (file) => {
        const { rows } = await readAll(folder.engine, `${shared}encoding-variants/${file}`)
        return rows.map((row) => row.slice(1, 4))
      }),
    )
    expect(new Set(seen.map((rows) => JSON.stringify(rows))).size).toBe(1)
  })

  it('encoding-variants/airquality-uci-style.csv: the empty lines at the end go, the empty columns are counted', async () => {
    const wanted = variants.shape.airquality.parse(spec?.airquality)
    const { names, rows, findings, about } = await readAll(folder.engine, `${shared}encoding-variants/airquality-uci-style.csv`)
    expect([rows.length, names.length]).toEqual([wanted.data_rows, wanted.real_columns + wanted.empty_trailing_columns])
    expect(findings).toContainEqual(expect.objectContaining({ kind: 'empty-lines-at-end', count: wanted.empty_trailing_lines }))
    expect(findings.filter(({ kind }) => kind === 'empty-name')).toHaveLength(wanted.empty_trailing_columns)
    expect([about.delimiter, about.decimal]).toEqual([';', ','])
  })

  it('cmapss: white space between cells, blanks at line ends, no header', async () => {
    const { rows, about } = await readAll(folder.engine, `${shared}cmapss-fd001/train_FD001.txt`)
    expect(about).toMatchObject({ delimiter: ' ', header: false })
    expect([rows.length, rows[0]?.length, rows[0]?.[6], rows.at(-1)?.at(-1)]).toEqual([20631, 26, '641.82', '23.0522'])
  })
})
