import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { columnSchemaSchema } from '#shared/domain/schema.ts'
import type { CleaningReport } from '../../../../src/main/data/clean-dataset.ts'
import { loadTable } from '../../../../src/main/data/load-table.ts'
import { readForModel } from '../../../../src/main/data/read-for-model.ts'
import { repairRules } from '../../../../src/main/data/repair/rules/index.ts'
import { cleanStep } from '../../../../src/main/stages/prepare/clean.ts'
import type { Column } from '../../../../src/main/table/column.ts'
import { dataSteps } from '../../stages/prepare/data-steps.ts'
import { failure, useDataFolder } from '../data-folder.ts'
import { dirtyTables, type DirtyTable } from './dirty-tables.ts'

const folder = useDataFolder()

function tableOf(cells: readonly string[]): string {
  return `n,c\n${cells.map((cell, row) => `${row * 3},"${cell.replaceAll('"', '""')}"`).join('\n')}\n`
}

async function clean(cells: readonly string[], params: Record<string, unknown> = {}) {
  const steps = dataSteps(folder)
  const { data } = await steps.run(cleanStep, params, await steps.ingest(tableOf(cells)))
  if (data === undefined) throw new Error('No dataset')
  return { steps, data, report: (await steps.json(data, 'changes.json')) as CleaningReport }
}

function plain(column: Column | undefined): readonly unknown[] {
  if (column === undefined) return []
  return column.kind === 'number' ? [...column.values] : [...column.codes].map((code) => (code < 0 ? null : column.categories[code]))
}

describe('repairs of cells', () => {
  it('has a dirty table for every rule that changes cells', () => {
    const changing = repairRules.filter(({ modes }) => modes.some((mode) => mode !== 'report' && mode !== 'off')).map(({ id }) => id)
    expect(changing.filter((id) => id !== 'impossible' && !dirtyTables.some(({ rule }) => rule === id))).toEqual([])
  })

  it.each(dirtyTables.map((table): [string, DirtyTable] => [`${table.rule}: ${table.what}`, table]))('%s', async (_name, { rule, cells, params, expected, type }) => {
    const { steps, data, report } = await clean(cells, params)
    expect(await steps.cells(data, 'c')).toEqual(expected)
    const column = data.meta.schema.columns.find(({ name }) => name === 'c')
    if (type !== undefined) expect(column?.type).toBe(type)
    const done = report.repairs.filter((repair) => repair.rule === rule)
    const changed = done.reduce((sum, repair) => sum + repair.cells, 0)
    expect(changed).toBeGreaterThan(0)
    expect(done.flatMap(({ examples }) => examples).length).toBeGreaterThan(0)
    for (const { row, before } of done[0]?.examples ?? []) expect(cells[row - 1]?.trim()).toBe(before)
    expect(steps.log.join('\n')).toContain(`rule ${rule}`)
  })

  it.each(dirtyTables.map((table): [string, DirtyTable] => [`${table.rule}: ${table.what}`, table]))('repairs a file to predict as the data that was learnt from: %s', async (_name, { cells, params }) => {
    const { data } = await clean(cells, params)
    const schema = data.meta.schema.columns[1]
    if (schema === undefined) throw new Error('No column')
    // As a model keeps it: plain JSON.
    const kept = columnSchemaSchema.parse(JSON.parse(JSON.stringify(schema)))
    const as = ['integer', 'decimal', 'datetime'].includes(schema.type) ? ('number' as const) : ('category' as const)
    const learnt = await loadTable(folder.engine, join(data.path, 'data.parquet'), [{ schema, as }])
    const file = await folder.file('to predict.csv', tableOf(cells))
    const read: unknown[] = []
    await readForModel(folder.engine, file, [{ schema: kept, as }], {}, ({ table }) => {
      read.push(...plain(table.columns[0]))
    })
    expect(read).toEqual(plain(learnt.columns[0]))
  })

  it.each(dirtyTables.map((table): [string, DirtyTable] => [`${table.rule}: ${table.what}`, table]))('does nothing where the rule is off, %s', async (_name, { rule, cells, params = {} }) => {
    const { report } = await clean(cells, { ...params, columns: {}, rules: { ...(params['rules'] as object | undefined), [rule]: 'off' } })
    expect(report.repairs.filter((repair) => repair.rule === rule)).toEqual([])
  })

  it('repairs units that only the file to predict has', async () => {
    const { data } = await clean(['70 kg', 'approx 65 kg', '80'])
    const [, schema] = data.meta.schema.columns
    if (schema === undefined) throw new Error('No column')
    const file = await folder.file('grams.csv', 'n,c\n1,500 g\n2,approx 1 kg\n3,\n')
    const read: unknown[] = []
    await readForModel(folder.engine, file, [{ schema, as: 'number' }], {}, ({ table }) => {
      read.push(...plain(table.columns[0]))
    })
    expect(read).toEqual([0.5, 1, NaN])
  })
})

describe('what repairs leave alone', () => {
  it.each<readonly [string, readonly string[]]>([
    ['values whose digits differ', [...Array.from({ length: 30 }, () => 'A1'), 'A2', ...Array.from({ length: 30 }, () => 'Route 66'), 'Route 67']],
    ['signs that carry meaning', ['A+', 'A-', 'A', 'C++', 'C', 'A+', 'A-', 'C#', '1.5x', '15x']],
    ['near values that are both frequent', [...Array.from({ length: 30 }, () => 'conservation'), ...Array.from({ length: 25 }, () => 'conversation')]],
    ['one letter for another', [...Array.from({ length: 40 }, () => 'Francisco'), 'Francisca', ...Array.from({ length: 40 }, () => 'iron sulfate'), 'iron sulfite']],
    ['a first letter more', [...Array.from({ length: 40 }, () => 'symptomatic'), 'asymptomatic']],
    ['single letters', ['m', 'M', 'f', 'F', 'm', 'f']],
    ['codes with units in them', ['12a', '3rd', '4th', '1st', '5 pm', '12b']],
    ['codes with leading zeros', ['007 kg', '012 kg', '123 kg', '013']],
    ['kilograms and metres', ['5 kg', '5 m', '7 kg', '9 m']],
    ['marks of other scripts', ['か', 'が', 'और', 'ओर', 'и', 'й', 'か', 'が']],
    ['dates that may be either', ['01/02/2020', '2020-03-04', '05/06/2020', '07-08-2020']],
    ['dates that no calendar has', ['2020-02-30', '15/01/2020', '17/01/2020', '2020-01-01']],
  ])('%s', async (_what, cells) => {
    const { steps, data } = await clean(cells)
    expect(await steps.cells(data, 'c')).toEqual(cells)
  })

  it('the target, whatever it reads like', async () => {
    const steps = dataSteps(folder, { task: 'binary-classification', target: 'c' })
    const cells = [...Array.from({ length: 30 }, () => 'cafÃ©'), ...Array.from({ length: 30 }, () => 'Café')]
    const { data } = await steps.run(cleanStep, {}, await steps.ingest(tableOf(cells)))
    expect(await steps.cells(data, 'c')).toEqual(cells)
    expect(await failure(steps.run(cleanStep, { columns: { c: { variants: 'merge' } } }, await steps.ingest(tableOf(cells))))).toMatchObject({ headline: 'The target "c" is not repaired' })
  })

  it('says what it found and did not change', async () => {
    const amounts = [...Array.from({ length: 60 }, (_, i) => `${20 + (i % 30)}`), '900', '-5', '-5', '-5']
    const steps = dataSteps(folder)
    const { data } = await steps.run(cleanStep, {}, await steps.ingest(`age,s\n${amounts.map((amount, i) => `${amount},${i % 2 ? 'SLP' : 'San Luis Potosi'}`).join('\n')}\n`))
    const report = (await steps.json(data, 'changes.json')) as CleaningReport
    expect(report.repairs).toEqual([])
    expect(report.findings.map(({ kind }) => kind).toSorted()).toEqual(['abbreviations', 'impossible', 'outliers'])
    expect(steps.log.join('\n')).toContain('4 cells below 0 or above 130')
    const repaired = await steps.run(cleanStep, { rules: { impossible: 'missing' } }, await steps.ingest(`age\n${amounts.join('\n')}\n`))
    expect((await steps.cells(repaired.data, 'age')).filter((cell) => cell === null)).toHaveLength(4)
  })

  it('refuses columns that are not there, limits that cannot be, and modes that a rule does not have', async () => {
    expect(await failure(clean(['1', '2'], { columns: { cc: { min: 1 } } }))).toMatchObject({ code: 'invalid-parameter', headline: 'There is no column "cc"' })
    expect(await failure(clean(['a', 'b'], { columns: { c: { min: 1 } } }))).toMatchObject({ message: expect.stringContaining('read as category') })
    expect(await failure(clean(['1', '2', '3'], { columns: { c: { min: 3, max: 1 } } }))).toMatchObject({ message: expect.stringContaining('min (3) is larger than max (1)') })
    expect(await failure(clean(['a', 'b'], { columns: { c: { pattern: '(' } } }))).toMatchObject({ message: expect.stringContaining('no regular expression') })
    expect(cleanStep.params.safeParse({ rules: { variants: 'clip' } }).success).toBe(false)
    expect(cleanStep.params.safeParse({ rules: { variant: 'off' } }).success).toBe(false)
  })
})

describe('near repeats of rows', () => {
  const rows = Array.from({ length: 40 }, (_, i) => `${i},Hotel number ${i} on the street of the ${['lions', 'tigers', 'bears'][i % 3]} and friends ${String.fromCharCode(97 + (i % 26)).repeat(6)},${i % 4}`)
  const text = `id,name,stars\n${[...rows, `99,hotel number 7 ON the street of the tigers and friends hhhhhh,3`, `98,Hotel number 9 on the stret of the lions and friends jjjjjj,1`, '97,Hotel number 5 on the street of the bears and friends ffffff,2'].join('\n')}\n`

  it('reports them, and removes them where that is asked for', async () => {
    const steps = dataSteps(folder)
    const { data } = await steps.run(cleanStep, {}, await steps.ingest(text))
    expect(await steps.json(data, 'changes.json')).toMatchObject({ rowsAfter: 43, near: { found: 2, removed: 0, examples: [{ row: 41, like: 8, column: null }, { row: 42, like: 10, column: 'name' }] } })
    const removed = await steps.run(cleanStep, { near: 'remove' }, await steps.ingest(text))
    expect(removed.data?.meta.rows).toBe(41)
  })

  it('does not look for them in tables of few, coarse columns', async () => {
    const { report } = await clean(Array.from({ length: 60 }, (_, i) => ['red', 'green', 'Red'][i % 3] ?? ''))
    expect(report.near).toBeNull()
  })
})
