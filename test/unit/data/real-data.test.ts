import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { column, useDataFolder } from './data-folder.ts'

const shared = fileURLToPath(new URL('../../../../shared/data/', import.meta.url))
const folder = useDataFolder()

/** Real files beside the checkout; a checkout without them says so and goes on. */
describe.skipIf(!existsSync(shared))('real files (skipped where ../shared/data is absent)', () => {
  const read = async (path: string) => folder.ingestPath(shared + path)

  it('Telco churn: blank total charges are missing numbers, the key is known', async () => {
    const { rows, schema } = await read('telco-churn/Telco-Customer-Churn.csv')
    expect(rows).toBe(7043)
    expect(column(schema, 'TotalCharges')).toMatchObject({ type: 'decimal', missing: 11 })
    expect(column(schema, 'customerID').role).toBe('identifier')
    expect(column(schema, 'SeniorCitizen').type).toBe('boolean')
    expect(schema.columns.filter(({ role }) => role === 'feature')).toHaveLength(20)
  })

  it('Adult: no header, spaces after commas, question marks', async () => {
    const { rows, schema, report } = await read('adult/adult-train.csv')
    expect([rows, report.header]).toEqual([32561, false])
    expect(column(schema, 'column_1')).toMatchObject({ type: 'integer', role: 'feature' })
    expect(column(schema, 'column_2')).toMatchObject({ type: 'category', missing: 1836, missingTokens: ['?'] })
    expect(column(schema, 'column_3')).toMatchObject({ type: 'integer', role: 'feature' })
  })

  it('Mammography: labels keep their single quotes', async () => {
    const { rows, schema, report } = await read('mammography/mammography.csv')
    expect([rows, report.header, report.quote]).toEqual([11183, false, '"'])
    expect(schema.columns.map(({ type }) => type)).toEqual([...Array.from({ length: 6 }, () => 'decimal'), 'category'])
  })

  it('Iris: the first line looks like a header', async () => {
    const { rows, schema } = await read('iris/iris.csv')
    expect([rows, schema.columns.length]).toEqual([150, 5])
    expect(schema.columns.every(({ role }) => role === 'feature')).toBe(true)
  })

  it('Horse colic: question marks everywhere, codes with leading zeros', async () => {
    const { rows, schema } = await read('horse-colic/horse-colic.csv')
    expect(rows).toBe(300)
    expect(column(schema, 'column_4')).toMatchObject({ type: 'decimal', missing: 60 })
    expect(column(schema, 'column_25').type).toBe('category')
  })

  it('Auto MPG: horsepower is whole numbers with six gaps', async () => {
    const { rows, schema } = await read('auto-mpg/auto-mpg.csv')
    expect(rows).toBe(398)
    expect(column(schema, 'horsepower')).toMatchObject({ type: 'integer', missing: 6, missingTokens: ['?'] })
    expect(column(schema, 'name')).toMatchObject({ type: 'category', role: 'feature' })
  })

  it('Air quality: semicolons, decimal commas, two empty columns at the end of each line', async () => {
    const { schema, report } = await read('encoding-variants/airquality-uci-style.csv')
    expect([report.delimiter, report.decimal]).toEqual([';', ','])
    expect(column(schema, 'CO(GT)').type).toBe('decimal')
    expect(column(schema, 'Date')).toMatchObject({ type: 'datetime', format: '%d/%m/%Y' })
    expect(schema.columns.filter(({ role }) => role === 'ignore').map(({ name }) => name)).toEqual(['column_16', 'column_17'])
  })

  it('SMS spam: prose with quotes that enclose nothing', async () => {
    const { rows, schema, report } = await read('sms-spam/sms.tsv')
    expect([rows, report.quote]).toEqual([5574, ''])
    expect(schema.columns.map(({ type }) => type)).toEqual(['category', 'text'])
  })

  it('Tracks in an older encoding: NULL is missing, and the guess of the encoding is told', async () => {
    const { rows, schema, report } = await read('encoding-variants/tracks-cp1252-null.csv')
    expect([rows, column(schema, 'composer').missing, report.encoding]).toEqual([3503, 977, 'latin-1'])
    expect(report.findings.map(({ kind }) => kind)).toContain('uncertain-encoding')
  })
})
