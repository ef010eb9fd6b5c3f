import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { DataEngine } from '../../../src/main/data/engine.ts'
import { ingestFile } from '../../../src/main/data/ingest-file.ts'
import { cellStates, type CellSpelling } from '../../../src/main/data/sources/delimited/cell-spellings.ts'
import { rowAutomaton } from '../../../src/main/data/sources/delimited/row-automaton.ts'
import { quoteLiteral } from '../../../src/main/data/sql-text.ts'
import { failure, useDataFolder } from './data-folder.ts'

const folder = useDataFolder()

const ROWS = 12_000
const header = ['id', 'day', 'moment', 'price', 'name', 'size'] as const

/** Rows of every kind of column; `odd` cells replace others, by row and column. */
function rows(odd: Readonly<Record<number, Readonly<Record<number, string>>>> = {}): string[][] {
  return Array.from({ length: ROWS }, (_, row) => {
    const day = `20${10 + (row % 20)}-0${1 + (row % 9)}-1${row % 10}`
    const cells = [String(row - 50), day, `${day} 1${row % 10}:0${row % 6}:5${row % 10}`, row % 13 === 0 ? '' : `${row * 0.37}`, `n ${row % 17}é`, row % 7 === 0 ? '' : String(row % 300)]
    return cells.map((cell, column) => odd[row]?.[column] ?? cell)
  })
}

function text(cells: readonly (readonly string[])[], { quoted, delimiter = ',', end = '\n' }: { quoted: boolean; delimiter?: string; end?: string }): string {
  const names = header.map((name) => (quoted ? `"${name}"` : name))
  return [names, ...cells].map((line) => line.join(delimiter)).join(end) + end
}

let files = 0

/** What comes of a text, and how often its rows were written by looking at cells in SQL. */
async function outcome(content: string): Promise<{ outcome: unknown; checks: number; plain: number }> {
  let [checks, plain] = [0, 0]
  const engine: DataEngine = {
    ...folder.engine,
    run: (sql, parameters) => {
      if (sql.startsWith('COPY') && sql.includes('contradiction')) checks++
      else if (sql.startsWith('COPY')) plain++
      return folder.engine.run(sql, parameters)
    },
  }
  const file = await folder.file(`plain ${++files}.csv`, content)
  const output = join(folder.path, `plain ${files}.parquet`)
  const { schema, rows: count, report } = await ingestFile(engine, { file, options: {}, types: {}, output, progress: () => undefined })
  const bytes = createHash('sha256').update(await readFile(output)).digest('hex')
  return { outcome: { schema, count, bytes, findings: report.findings }, checks, plain }
}

describe('a text without quotes', () => {
  it('gives the same dataset as one with quotes, of which each cell is looked at in SQL', async () => {
    const expected = await outcome(text(rows(), { quoted: true }))
    expect(expected.checks).toBe(1)
    for (const how of [{}, { delimiter: ';' }, { delimiter: '\t', end: '\r\n' }]) {
      const found = await outcome(text(rows(), { quoted: false, ...how }))
      expect(found.outcome).toEqual(expected.outcome)
      expect(found).toMatchObject({ checks: 0, plain: 1 })
    }
  })

  it.each([
    ['a code among whole numbers', 0, '007'],
    ['a word among whole numbers', 0, 'none'],
    ['a plus', 0, '+5'],
    ['a power', 5, '1e2'],
    ['white space', 5, ' 7'],
    ['a number that is too large', 0, '9007199254740993'],
    ['a day that is none', 1, '2021-02-30'],
    ['a short day', 1, '2021-2-3'],
    ['the 24th hour', 2, '2021-02-03 24:00:00'],
    ['a moment with a T', 2, '2021-02-03T04:05:06'],
    ['a code among decimals', 3, '00.5'],
    ['infinity', 3, 'inf'],
    ['a number beyond all', 3, '1e400'],
    ['thousands', 3, '1_000'],
    ['a token', 3, 'NA'],
  ])('with %s in a late row gives what it gives with quotes', async (_, column, cell) => {
    const cells = rows({ [ROWS - 10]: { [column]: cell } })
    const [plain, quoted] = [await outcome(text(cells, { quoted: false })), await outcome(text(cells, { quoted: true }))]
    expect(plain.outcome).toEqual(quoted.outcome)
  })

  it('with a row that is too short is refused with its line', async () => {
    const cells = rows().map((line, row) => (row === ROWS - 5 ? line.slice(0, 3) : line))
    expect(await failure(outcome(text(cells, { quoted: false })))).toMatchObject({ code: 'invalid-data', details: { line: ROWS - 3, found: 3, expected: 6 } })
  })
})

describe('the spellings of cells', () => {
  const kinds = [
    ['integer', 'BIGINT', '0123456789-'],
    ['decimal', 'DOUBLE', '0123456789+-.eE'],
    ['day', 'DATE', '0123456789-'],
    ['moment', 'TIMESTAMP', '0123456789-: '],
  ] as const

  it.each(kinds)('of %s are such that DuckDB gives each back', async (spelling, type, characters) => {
    const cells = [...new Set([...fc.sample(fc.string({ unit: fc.constantFrom(...characters.split('')), minLength: 1, maxLength: 18 }), { numRuns: 20_000, seed: 7 }), ...walks(spelling)])]
    const accepted = cells.filter((cell) => accepts(spelling, cell))
    expect(accepted.length).toBeGreaterThan(50)
    const same = type === 'DOUBLE' ? `isfinite(TRY_CAST(t AS DOUBLE)) AND NOT regexp_matches(t, '^[-+]?0[0-9]') AND (strlen(t) < 16 OR contains(t, '.'))` : `CAST(TRY_CAST(t AS ${type}) AS VARCHAR) = t`
    const lost = await folder.engine.rows(`SELECT t FROM (SELECT unnest([${accepted.map(quoteLiteral).join(', ')}]) AS t) WHERE NOT coalesce(${same}, ${type === 'DATE' || type === 'TIMESTAMP'})`, z.object({ t: z.string() }))
    expect(lost).toEqual([])
  })

  it('take the usual and leave the unusual to SQL', () => {
    const cases: readonly (readonly [Exclude<CellSpelling, 'any'>, readonly string[], readonly string[]])[] = [
      ['integer', ['', '0', '7', '-12', '999999999999999'], ['00', '-0', '+1', '-', '1.0', '1 ', '1e3', '1234567890123456']],
      ['decimal', ['', '0', '0.5', '.5', '5.', '-1.25', '+3', '1e5', '1.5E-7', '123456789012.5'], ['.', '12345678901234567.5', '-', '00.1', '1e', '1e400', '1_0', ' 1', 'nan', '1234567890123456']],
      ['day', ['', '2024-02-29', '1000-01-01'], ['0001-01-01', '2024-2-29', '2024-02-29 ']],
      ['moment', ['', '2024-02-29 23:59:59'], ['2024-02-29 24:00:00', '2024-02-29 12:60:00', '2024-02-29T12:00:00', '2024-02-29 12:00']],
    ]
    for (const [spelling, usual, unusual] of cases) {
      expect(usual.filter((cell) => !accepts(spelling, cell))).toEqual([])
      expect(unusual.filter((cell) => accepts(spelling, cell))).toEqual([])
    }
  })
})

/** Cells along all the ways through the states of a spelling, as far as a few characters of each set go. */
function walks(spelling: Exclude<CellSpelling, 'any'>): string[] {
  const states = cellStates[spelling]
  return fc.sample(fc.infiniteStream(fc.nat()), { numRuns: 3000, seed: 11 }).map((choices) => {
    let [at, cell] = [0, '']
    for (const choice of choices) {
      const state = states[at]
      if (state === undefined || state.next.length === 0 || (state.ends && cell !== '' && choice % 5 === 0)) break
      const [characters = '', to = 0] = state.next[choice % state.next.length] ?? []
      cell += characters[choice % characters.length] ?? ''
      at = to
    }
    return cell
  })
}

function accepts(spelling: CellSpelling, cell: string): boolean {
  const { classes, table, start, dead, mayEnd } = rowAutomaton([spelling, 'any'], ',', '\n')
  let state = start
  for (const byte of Buffer.from(`${cell},x`)) state = table[state + (classes[byte] ?? 0)] ?? dead
  return mayEnd(state)
}
