import { describe, expect, it } from 'vitest'
import { numberPattern, parseNumber, type NumberFormat } from '#shared/domain/number-format.ts'
import { loadTable } from '../../../src/main/data/load-table.ts'
import { readForModel } from '../../../src/main/data/read-for-model.ts'
import { column, useDataFolder } from './data-folder.ts'

const folder = useDataFolder()

function one(cells: readonly string[]): string {
  return `x;filler\n${cells.map((cell, row) => `"${cell.replaceAll('"', '""')}";${'abc'[row % 3]}`).join('\n')}\n`
}

type Case = readonly [string, readonly string[], Partial<NumberFormat>, readonly number[], 'integer' | 'decimal']

const written: readonly Case[] = [
  ['points, commas between thousands', ['1,234,567.89', '12'], { decimal: '.', group: ',' }, [1234567.89, 12], 'decimal'],
  ['commas, points between thousands', ['1.234.567,89', '0,5'], { decimal: ',', group: '.' }, [1234567.89, 0.5], 'decimal'],
  ['decimal commas', ['12,5', '3,25'], { decimal: ',', group: '' }, [12.5, 3.25], 'decimal'],
  ['spaces between thousands', ['1 234 567', '12 000'], { group: ' ' }, [1234567, 12000], 'integer'],
  ['no-break and thin spaces', ['1\u00a0234', '5\u202f678', '9\u2009012'], { group: ' ' }, [1234, 5678, 9012], 'integer'],
  ['apostrophes', ["1'234", '5.5', '9’876'], { group: "'" }, [1234, 5.5, 9876], 'decimal'],
  ['lakhs', ['12,34,567', '1,234'], { group: ',' }, [1234567, 1234], 'integer'],
  ['percent', ['12.5 %', '3 %', '-1%'], { unit: '%' }, [12.5, 3, -1], 'decimal'],
  ['currency before', ['$1,234.50', '$3.00', '-$2.00'], { currency: '$', group: ',' }, [1234.5, 3, -2], 'decimal'],
  ['currency behind', ['1.200,00 €', '3,50 €'], { currency: '€', decimal: ',' }, [1200, 3.5], 'decimal'],
  ['a word for the currency', ['CHF 5.50', 'CHF 6'], { currency: 'CHF' }, [5.5, 6], 'decimal'],
  ['negatives in parentheses', ['(3.00)', '5.25'], {}, [-3, 5.25], 'decimal'],
  ['a minus behind', ['3.5-', '5'], {}, [-3.5, 5], 'decimal'],
  ['a real minus', ['−5', '3'], {}, [-5, 3], 'integer'],
  ['a unit', ['5 kg', '7.5 kg'], { unit: 'kg' }, [5, 7.5], 'decimal'],
]

describe('numbers as people write them', () => {
  it.each(written)('reads %s', async (_name, cells, format, values, type) => {
    const { schema, parquet } = await folder.ingest(one(cells), { header: true, delimiter: ';' })
    const found = column(schema, 'x')
    expect(found).toMatchObject({ type, missing: 0, numberFormat: format })
    const table = await loadTable(folder.engine, parquet, [{ schema: found, as: 'number' }])
    expect(table.columns[0]).toMatchObject({ kind: 'number', values: Float64Array.from(values) })
    // SQL and TypeScript read alike.
    if (found.numberFormat !== undefined) expect(cells.map((cell) => parseNumber(cell, found.numberFormat as NumberFormat))).toEqual(values)
  })

  it.each([
    ['two currencies', ['€5', '$6', '€7']],
    ['two units', ['5 kg', '7 cm', '8 kg']],
    ['a unit in some cells', ['5 kg', '7', '8 kg']],
    ['both decimal marks', ['1,23', '1.5', '2,7']],
    ['names that begin with digits', ['4WD', '2WD', '3WD']],
    ['codes with leading zeros', ['007', '012', '100']],
    ['ranges', ['1-2', '3-4', '5-6']],
  ])('does not take %s for numbers', async (_name, cells) => {
    const { schema } = await folder.ingest(one(cells), { header: true, delimiter: ';' })
    expect(column(schema, 'x').type).toBe('category')
  })

  it('says where a mark may be a decimal mark or stand between thousands, and how to say which', async () => {
    const text = one(['1,234', '5,678'])
    const guessed = await folder.ingest(text, { header: true, delimiter: ';', decimal: '.' })
    expect(column(guessed.schema, 'x')).toMatchObject({ type: 'integer', numberFormat: { group: ',' } })
    expect(guessed.report.findings.map(({ kind }) => kind)).toContain('ambiguous-numbers')
    const set = await folder.ingest(text, { header: true, delimiter: ';', decimal: '.', types: { x: 'decimal:,' } })
    expect(column(set.schema, 'x')).toMatchObject({ type: 'decimal', numberFormat: { decimal: ',', group: '' } })
    expect(set.report.findings.map(({ kind }) => kind)).not.toContain('ambiguous-numbers')
  })

  it('reads a file to predict as the data were read', async () => {
    const { schema } = await folder.ingest(one(['$1,234.50', '$3.00']), { header: true, delimiter: ';' })
    const path = await folder.file('predict.csv', 'x\n"$2,000.25"\n"$7.00"\n')
    const read: number[] = []
    await readForModel(folder.engine, path, [{ schema: column(schema, 'x'), as: 'number' }], {}, ({ table }) => {
      const [x] = table.columns
      if (x?.kind === 'number') read.push(...x.values)
    })
    expect(read).toEqual([2000.25, 7])
  })

  it('takes a pattern that no cell can break out of', () => {
    expect(() => new RegExp(numberPattern({ decimal: '.', group: '', currency: 'R$ (.*' }).replaceAll(/\\x\{([0-9a-f]+)\}/g, '\\u{$1}'), 'u')).not.toThrow()
  })
})
