import { describe, expect, it } from 'vitest'
import { describeRelation, scanParquet } from '../../../src/main/data/parquet.ts'
import { isKeyName } from '../../../src/main/data/guess-role.ts'
import { column, useDataFolder } from './data-folder.ts'

const folder = useDataFolder()

/** One column `x` beside a filler, so that the file has a header and a delimiter. */
function one(cells: readonly string[]): string {
  return `x,filler\n${cells.map((cell, row) => `"${cell.replaceAll('"', '""')}",${row % 3}`).join('\n')}\n`
}

const types: readonly (readonly [string, readonly string[], object])[] = [
  ['whole numbers', ['1', '-2', '3'], { type: 'integer', distinct: 3, missing: 0 }],
  ['decimals', ['1.0', '2.5', '1e3'], { type: 'decimal' }],
  ['padded numbers and blanks', [' 1.5', '  ', '3'], { type: 'decimal', missing: 1, missingTokens: [] }],
  ['tokens that always mean missing', ['1', '?', 'NA', '', '4'], { type: 'integer', missing: 3, missingTokens: ['?', 'NA'] }],
  ['None and - among numbers', ['1', 'None', '-', '4'], { type: 'integer', missing: 2, distinct: 2, missingTokens: ['-', 'None'] }],
  ['None among categories', ['None', 'Some', 'None', 'Many'], { type: 'category', missing: 0, distinct: 3, missingTokens: [] }],
  ['infinities', ['1.5', 'Inf', '-inf', '2.5'], { type: 'decimal', missing: 2, missingTokens: ['-inf', 'Inf'] }],
  ['a number beyond float32', ['1e308', '1', '2'], { type: 'decimal', missing: 0 }],
  ['0 and 1', ['0', '1', '1'], { type: 'boolean' }],
  ['Yes and No with blanks', ['Yes', 'No', '', 'No'], { type: 'boolean', missing: 1 }],
  ['1 and 2', ['1', '2', '1'], { type: 'integer' }],
  ['leading zeros', ['007', '012', '100'], { type: 'category' }],
  ['integers too long for numbers', ['12345678901234567890', '12345678901234567891', '3'], { type: 'category' }],
  ['underscores are no numbers', ['1_000', '2_000', '3'], { type: 'category' }],
  ['single quotes stay', ["'-1'", "'1'", "'-1'"], { type: 'category' }],
  ['ISO dates', ['2020-01-31', '2021-12-01', ''], { type: 'datetime', format: '%Y-%m-%d', missing: 1 }],
  ['moments', ['2020-01-31 10:00:00', '2021-12-01 23:59:59'], { type: 'datetime', format: '%Y-%m-%d %H:%M:%S' }],
  ['days first, as one cell shows', ['31/01/2020', '02/03/2020'], { type: 'datetime', format: '%d/%m/%Y' }],
  ['dates that read two ways', ['01/02/2020', '03/04/2020'], { type: 'datetime', format: '%d/%m/%Y' }],
  ['German dates', ['31.12.2020', '01.02.2021'], { type: 'datetime', format: '%d.%m.%Y' }],
  ['nothing at all', ['', '', ''], { type: 'category', role: 'ignore', missing: 3, distinct: 0 }],
  ['one value', ['a', 'a', 'a'], { role: 'ignore', distinct: 1 }],
]

describe('types', () => {
  it.each(types)('reads %s', async (_name, cells, expected) => {
    const { schema } = await folder.ingest(one(cells), { header: true })
    expect(column(schema, 'x')).toMatchObject(expected)
  })

  it('tells prose from categories', async () => {
    const prose = Array.from({ length: 60 }, (_, row) => `the cat number ${row} sat on the mat`)
    const { schema } = await folder.ingest(one(prose))
    expect(column(schema, 'x')).toMatchObject({ type: 'text', role: 'feature' })
  })

  it('takes the types that the user sets, with a format for dates', async () => {
    const { schema } = await folder.ingest('a,d\n1,01/02/2020\n2,03/04/2020\n', { types: { a: 'category', d: 'datetime:%m/%d/%Y' } })
    expect(column(schema, 'a')).toMatchObject({ type: 'category', reason: 'set by the user' })
    expect(column(schema, 'd')).toMatchObject({ type: 'datetime', format: '%m/%d/%Y' })
  })

  it('gives findings for what the owner should know', async () => {
    const numbers = Array.from({ length: 40 }, (_, row) => `${row}.5`)
    const { report } = await folder.ingest(
      `mostly,huge,inf,same,when\n${numbers.map((n, row) => `${row === 7 ? 'oops' : n},${row === 0 ? '1e308' : n},${row === 1 ? 'Inf' : n},k,0${1 + (row % 9)}/02/2020`).join('\n')}\n`,
    )
    expect(report.findings.map(({ kind, column: name }) => `${kind} ${name ?? ''}`)).toEqual([
      'mostly-numbers mostly',
      'huge-numbers huge',
      'infinite inf',
      'constant-column same',
      'ambiguous-dates when',
    ])
  })
})

describe('roles', () => {
  const rows = (cell: (row: number) => string, count: number, name = 'x'): string => `${name},filler\n${Array.from({ length: count }, (_, row) => `${cell(row)},${row % 3}`).join('\n')}\n`

  it.each<readonly [string, string, string, string]>([
    ['names like keys', 'customer_id', rows((row) => String(row * 17 + 3), 30, 'customer_id'), 'identifier'],
    ['row numbers', 'x', rows(String, 30), 'identifier'],
    ['unique codes of text', 'x', rows((row) => `7590-${row}VHVEG`, 120), 'identifier'],
    ['unique codes of text in a small table', 'x', rows((row) => `7590-${row}VHVEG`, 40), 'feature'],
    ['unique decimals', 'x', rows((row) => `${row * 1.37 + 0.01}`, 500), 'feature'],
    ['unique whole numbers that measure something', 'x', rows((row) => String(row * row + 5), 300), 'feature'],
    ['codes of a fixed number of digits', 'x', rows((row) => String(10_000_000 + row * 7919), 1500), 'identifier'],
    ['UUIDs', 'x', rows((row) => `00000000-0000-4000-8000-${String(row).padStart(12, '0')}`, 20), 'identifier'],
    ['dates', 'x', rows((row) => `2020-01-${String(row + 1).padStart(2, '0')}`, 28), 'feature'],
  ])('knows %s', async (_what, name, text, role) => {
    expect(column((await folder.ingest(text)).schema, name).role).toBe(role)
  })

  it('knows names of keys from words that merely end alike', () => {
    expect(['id', 'ID', 'customer_id', 'customerID', 'placeId', 'row id', 'uuid', 'order-id'].filter((name) => !isKeyName(name))).toEqual([])
    expect(['paid', 'valid', 'humid', 'monkey', 'grid', 'income'].filter(isKeyName)).toEqual([])
  })
})

describe('storage', () => {
  const many = Array.from({ length: 150 }, (_, row) => row)

  it('stores numbers only where no cell loses anything', async () => {
    const cells = {
      whole: (row: number) => String(row - 75),
      zeros: (row: number) => String(row).padStart(3, '0'),
      padded: (row: number) => ` ${row}`,
      tokens: (row: number) => (row === 9 ? '?' : String(row)),
      varied: (row: number) => `${row}.50`,
      few: (row: number) => `${row % 5}.0`,
    }
    const text = `${Object.keys(cells).join(',')}\n${many.map((row) => Object.values(cells).map((cell) => cell(row)).join(',')).join('\n')}\n`
    const { parquet } = await folder.ingest(text)
    const stored = await describeRelation(folder.engine, scanParquet(parquet))
    expect(Object.fromEntries(stored.map(({ name, sqlType }) => [name, sqlType]))).toEqual({
      whole: 'BIGINT',
      zeros: 'VARCHAR',
      padded: 'VARCHAR',
      tokens: 'VARCHAR',
      varied: 'DOUBLE',
      few: 'VARCHAR',
    })
  })
})
