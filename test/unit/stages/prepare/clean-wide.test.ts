import { describe, expect, it } from 'vitest'
import type { CleaningReport } from '../../../../src/main/data/clean-dataset.ts'
import { describeRelation, scanParquet } from '../../../../src/main/data/parquet.ts'
import { cleanStep } from '../../../../src/main/stages/prepare/clean.ts'
import { useDataFolder } from '../../data/data-folder.ts'
import { wideTable } from '../../data/wide-cells.ts'
import { dataSteps } from './data-steps.ts'

const folder = useDataFolder()

async function clean(text: string) {
  const steps = dataSteps(folder, { task: 'binary-classification', target: 'c0', positive: 'yes' })
  const { data } = await steps.run(cleanStep, { duplicates: 'remove' }, await steps.ingest(text))
  if (data === undefined) throw new Error('No dataset')
  return { steps, data, report: (await steps.json(data, 'changes.json')) as CleaningReport }
}

/** A table whose last rows repeat earlier ones. */
function repeating(columns: readonly number[]): string {
  const lines = wideTable(40, columns).trimEnd().split('\n')
  return [...lines, lines[3], lines[3], lines[9], ''].join('\n')
}

describe('cleaning a table of 520 columns', { timeout: 120_000 }, () => {
  it('gives what cleaning a narrow one gives, column by column', async () => {
    const wide = await clean(repeating(Array.from({ length: 520 }, (_, i) => i)))
    const some = [0, 1, 2, 3, 4, 5, 299, 300, 516, 519]
    const narrow = await clean(repeating(some))
    const names = some.map((i) => `c${String(i)}`)
    expect(some.map((i) => wide.data.meta.schema.columns[i])).toEqual(narrow.data.meta.schema.columns)
    for (const name of names) expect(await wide.steps.cells(wide.data, name)).toEqual(await narrow.steps.cells(narrow.data, name))
    const types = async (path: string) => new Map((await describeRelation(folder.engine, scanParquet(`${path}/data.parquet`))).map(({ name, sqlType }) => [name, sqlType]))
    const [stored, expected] = [await types(wide.data.path), await types(narrow.data.path)]
    expect(names.map((name) => stored.get(name))).toEqual([...expected.values()])
    for (const part of ['columns', 'repairs'] as const) {
      expect(wide.report[part].filter(({ column }) => names.includes(column))).toEqual(narrow.report[part])
    }
    expect(wide.report).toMatchObject({ rowsBefore: 43, rowsAfter: 40, duplicates: { found: 3, removed: 3 } })
  })
})
