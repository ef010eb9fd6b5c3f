import { describe, expect, it } from 'vitest'
import { sourceReportSchema } from '../../../../src/main/data/finding.ts'
import { ingestFileStep } from '../../../../src/main/stages/ingest/file.ts'
import { failure, useDataFolder } from '../../data/data-folder.ts'
import { dataSteps } from '../prepare/data-steps.ts'

const folder = useDataFolder()

describe('ingest/file', () => {
  it('writes the rows, the schema and how the file was read', async () => {
    const steps = dataSteps(folder)
    const data = await steps.ingest('\ufeffid;price;price\r\n1;1,5;x\r\n2;2,25;y\r\n')
    expect(data.meta.rows).toBe(2)
    expect(data.meta.schema.columns.map(({ name, type }) => [name, type])).toEqual([['id', 'integer'], ['price', 'decimal'], ['price_2', 'category']])
    expect(await steps.cells(data, 'price')).toEqual(['1,5', '2,25'])
    expect(sourceReportSchema.parse(await steps.json(data, 'source.json'))).toMatchObject({
      format: 'delimited',
      encoding: 'utf-8-bom',
      delimiter: ';',
      quote: '"',
      header: true,
      decimal: ',',
      rows: 2,
      findings: [{ kind: 'duplicate-name', column: 'price_2' }],
    })
    expect(steps.log.at(-1)).toContain('2 rows and 3 columns')
  })

  it('takes what the pipeline says about the file', async () => {
    const steps = dataSteps(folder)
    const data = await steps.ingest('1;2\n3;4\n', { header: false, delimiter: ';', types: { column_1: 'category' } })
    expect(data.meta.schema.columns.map(({ name, type }) => [name, type])).toEqual([['column_1', 'category'], ['column_2', 'integer']])
    expect((await steps.ingest('a,b\n1\n', { ragged: 'pad' })).meta.rows).toBe(1)
  })

  it('takes what columns are for from the pipeline', async () => {
    const steps = dataSteps(folder)
    const data = await steps.ingest('id,zip\n1,10\n2,20\n3,20\n', { roles: { id: 'feature', zip: 'ignore' } })
    expect(data.meta.schema.columns.map(({ role, reason }) => [role, reason])).toEqual([
      ['feature', 'every value is a whole number; role set by the user'],
      ['ignore', 'every value is a whole number; role set by the user'],
    ])
    expect(await failure(steps.ingest('id,zip\n1,10\n', { roles: { zap: 'ignore' } }))).toMatchObject({ headline: 'There is no column "zap"' })
    expect(() => ingestFileStep.params.parse({ path: 'x', roles: { a: 'target' } })).toThrow(/roles/)
  })

  it('refuses parameters that it does not know', () => {
    expect(() => ingestFileStep.params.parse({ path: 'x', sep: ';' })).toThrow(/sep/)
    expect(() => ingestFileStep.params.parse({ path: 'x', types: { a: 'number' } })).toThrow(/types/)
  })

  it('reads a file outside the project and says how much room it needs', () => {
    const params = ingestFileStep.params.parse({ path: 'x.csv' })
    expect(ingestFileStep.externalFiles?.(params)).toEqual(['x.csv'])
    const need = ingestFileStep.estimate({ params, inputs: {}, externalBytes: 1e9 })
    expect(need.diskBytes).toBeGreaterThanOrEqual(1e9)
    expect(need.memoryBytes).toBeLessThan(4e9)
  })

  it('names the missing file', async () => {
    expect(await failure(dataSteps(folder).run(ingestFileStep, { path: 'nowhere.csv' }))).toMatchObject({ code: 'not-found' })
  })
})
