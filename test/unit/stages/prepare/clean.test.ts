import { describe, expect, it } from 'vitest'
import type { Goal } from '#shared/domain/task.ts'
import { describeRelation, scanParquet } from '../../../../src/main/data/parquet.ts'
import { cleanStep } from '../../../../src/main/stages/prepare/clean.ts'
import { failure, useDataFolder } from '../../data/data-folder.ts'
import { dataSteps } from './data-steps.ts'

const folder = useDataFolder()
const binary: Goal = { task: 'binary-classification', target: 'y', positive: 'yes' }
const regression: Goal = { task: 'regression', target: 'y' }

async function clean(text: string, goal?: Goal, params: Record<string, unknown> = {}) {
  const steps = dataSteps(folder, goal)
  const { data } = await steps.run(cleanStep, params, await steps.ingest(text))
  return { steps, data, changes: await steps.json(data, 'changes.json') }
}

describe('prepare/clean', () => {
  it('trims, empties missing tokens, stores types, and counts every change with examples', async () => {
    const { steps, data, changes } = await clean('n,c\n 1, a\n?,b\n  ,a\n4,NA\n')
    expect(await steps.cells(data, 'n')).toEqual(['1', null, null, '4'])
    expect(await steps.cells(data, 'c')).toEqual(['a', 'b', 'a', null])
    expect(data?.meta.schema.columns).toMatchObject([
      { name: 'n', type: 'integer', missing: 2, distinct: 2 },
      { name: 'c', missing: 1, distinct: 2 },
    ])
    expect((await describeRelation(folder.engine, scanParquet(`${data?.path}/data.parquet`))).map(({ sqlType }) => sqlType)).toEqual(['BIGINT', 'VARCHAR'])
    expect(changes).toMatchObject({
      rowsBefore: 4,
      rowsAfter: 4,
      columns: [
        { column: 'n', trimmed: 1, madeMissing: 2, examples: [{ row: 1, from: ' 1', to: '1' }, { row: 2, from: '?', to: null }, { row: 3, from: '  ', to: null }] },
        { column: 'c', trimmed: 1, madeMissing: 1 },
      ],
    })
    expect(steps.log.join('\n')).toContain('2 cells trimmed, 3 cells made missing')
  })

  it('reads infinities as missing', async () => {
    const { steps, data } = await clean('n,c\n1,a\nInf,b\n-Infinity,c\n')
    expect(await steps.cells(data, 'n')).toEqual(['1', null, null])
  })

  it('gives the target its role and removes rows without it', async () => {
    const { steps, data, changes } = await clean('x,y\n1,yes\n2,\n3,no\n4,?\n', binary)
    expect(data?.meta.schema.columns.map(({ role }) => role)).toEqual(['feature', 'target'])
    expect(await steps.cells(data, 'x')).toEqual(['1', '3'])
    expect(changes).toMatchObject({ rowsAfter: 2, withoutTarget: { column: 'y', removed: 2 } })
  })

  it('keeps classes as they are spelled', async () => {
    const goal: Goal = { task: 'multiclass-classification', target: 'y' }
    const { steps, data } = await clean(`x,y\n${Array.from({ length: 130 }, (_, row) => `${row},${row}.50`).join('\n')}\n`, goal)
    expect((await steps.cells(data, 'y')).length).toBe(130)
    const quotes = await clean("x,y\n1,'-1'\n2,'1'\n3,'-1'\n", { task: 'binary-classification', target: 'y', positive: "'1'" })
    expect(await quotes.steps.cells(quotes.data, 'y')).toEqual(["'-1'", "'1'", "'-1'"])
  })

  it('only reports repeated rows that may be different cases, and removes records stored twice', async () => {
    const coarse = await clean('a,b\n1,x\n1,x\n2,y\n')
    expect(coarse.changes).toMatchObject({ rowsAfter: 3, duplicates: { found: 1, removed: 0 } })
    const keyed = await clean('order_id,b\n1,x\n2,x\n1,x\n 1,x\n')
    expect(keyed.changes).toMatchObject({ rowsAfter: 2, duplicates: { found: 2, removed: 2 } })
    expect(await keyed.steps.cells(keyed.data, 'order_id')).toEqual(['1', '2'])
    expect((await clean('a,b\n1,x\n1,x\n2,y\n', undefined, { duplicates: 'remove' })).changes).toMatchObject({ rowsAfter: 2 })
    expect((await clean('order_id,b\n1,x\n1,x\n2,y\n', undefined, { duplicates: 'report' })).changes).toMatchObject({ rowsAfter: 3 })
  })

  it.each<readonly [string, string, Goal, object]>([
    ['is not in the data', 'x,churn\n1,a\n', { task: 'binary-classification', target: 'Churm' }, { headline: 'There is no column "Churm" to predict', message: expect.stringContaining('Did you mean "churn"?') }],
    ['is always the same', 'x,y\n1,yes\n2,yes\n', binary, { headline: 'The target "y" is always the same' }],
    ['is empty', 'x,y\n1,\n2,?\n', binary, { headline: 'The target "y" is empty' }],
    ['has three classes for two', 'x,y\n1,yes\n2,no\n3,perhaps\n', binary, { message: expect.stringContaining('"perhaps" (1)') }],
    ['lacks the positive class', 'x,y\n1,Yes\n2,No\n', binary, { message: expect.stringContaining('Did you mean "Yes"?') }],
    ['is text where a number is predicted', 'x,y\n1,2\n2,high\n3,4\n', regression, { details: { row: 2, column: 'y', value: 'high' } }],
    ['is constant where a number is predicted', 'x,y\n1,2\n2,2\n', regression, { headline: 'The target "y" is always the same' }],
  ])('says when the target %s', async (_what, text, goal, expected) => {
    expect(await failure(clean(text, goal))).toMatchObject({ code: 'invalid-data', ...expected })
  })

  it('reads a target of 0 and 1 as numbers where a number is predicted', async () => {
    const { data } = await clean('x,y\n1,0\n2,1\n3,1\n', regression)
    expect(data?.meta.schema.columns[1]).toMatchObject({ type: 'decimal', role: 'target' })
  })
})
