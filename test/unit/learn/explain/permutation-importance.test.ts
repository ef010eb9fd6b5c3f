import { describe, expect, test } from 'vitest'
import { createRng } from '../../../../src/main/base/rng.ts'
import { permutationImportance, type PermutationWork } from '../../../../src/main/learn/explain/permutation-importance.ts'
import { findMetric } from '../../../../src/main/learn/metrics/index.ts'
import type { Metric } from '../../../../src/main/learn/metrics/metric.ts'
import type { Table } from '../../../../src/main/table/table.ts'
import { numbers } from '../columns.ts'

const ROWS = 400
const rng = createRng(3)
const cells = (): number[] => Array.from({ length: ROWS }, () => rng.normal())
const table: Table = { rows: ROWS, columns: [numbers('strong', cells()), numbers('weak', cells()), numbers('unused', cells())] }

const valuesOf = (from: Table, name: string): Float64Array => {
  const column = from.columns.find((one) => one.name === name)
  if (column?.kind !== 'number') throw new Error(name)
  return column.values
}

/** A model that is right: 3 · strong + weak. */
const said = (from: Table): Float64Array => valuesOf(from, 'strong').map((value, row) => 3 * value + (valuesOf(from, 'weak')[row] as number))

function work(metric: Metric | undefined, more: Partial<PermutationWork> = {}): PermutationWork {
  if (metric === undefined) throw new Error('no metric')
  return {
    predict: (from) => Promise.resolve({ kind: 'numbers', values: said(from) }),
    table,
    target: { kind: 'numbers', values: said(table) },
    metric,
    columns: ['unused', 'weak', 'strong'],
    repeats: 5,
    ...more,
  }
}

describe('permutation importance', () => {
  test('is the loss by shuffling: the square root of twice the variance of what the column adds, 0 for a column that is not read', async () => {
    const found = await permutationImportance(work(findMetric('rmse')), createRng(1))
    expect(found.map(({ column }) => column)).toEqual(['strong', 'weak', 'unused'])
    expect(found[0]?.drop).toBeGreaterThan(3.6)
    expect(found[0]?.drop).toBeLessThan(4.9)
    expect(found[0]?.deviation).toBeGreaterThan(0)
    expect(found[2]).toEqual({ column: 'unused', drop: 0, deviation: 0 })
  })

  test('is positive where the model gets worse, whichever way the metric goes', async () => {
    const found = await permutationImportance(work(findMetric('r2')), createRng(1))
    expect(found[0]?.drop).toBeGreaterThan(1)
  })

  test('gives the same for the same seed', async () => {
    const rmse = findMetric('rmse')
    expect(await permutationImportance(work(rmse), createRng(4))).toEqual(await permutationImportance(work(rmse), createRng(4)))
  })

  test('is empty where the rows do not define the metric', async () => {
    const none: Table = { rows: 0, columns: table.columns.map(({ name }) => numbers(name, [])) }
    expect(await permutationImportance(work(findMetric('rmse'), { table: none, target: { kind: 'numbers', values: new Float64Array(0) } }), createRng(1))).toEqual([])
  })

  test('ends when the prediction is stopped', async () => {
    let calls = 0
    const predict = (): Promise<never> | Promise<{ kind: 'numbers'; values: Float64Array }> => (++calls > 2 ? Promise.reject(new Error('stopped')) : Promise.resolve({ kind: 'numbers', values: said(table) }))
    await expect(permutationImportance(work(findMetric('rmse'), { predict }), createRng(1))).rejects.toThrow('stopped')
  })
})
