import type { Slice } from '#shared/domain/evaluation.ts'
import type { Task } from '#shared/domain/task.ts'
import type { Rng } from '../../base/rng.ts'
import { bootstrapIntervals, takeRows, type Predicted } from '../../learn/metrics/bootstrap.ts'
import type { Metric } from '../../learn/metrics/metric.ts'
import type { Column } from '../../table/column.ts'
import type { Target } from '../../table/matrix.ts'
import { groupRows } from './group-rows.ts'

/** Rows below which a slice says nothing. */
const FEWEST = 30

export type SliceWork = {
  readonly task: Task
  readonly metric: Metric
  readonly predicted: Predicted
  /** Columns to slice by, row for row with `predicted`; moments are milliseconds since 1970-01-01 UTC. */
  readonly columns: readonly { readonly column: Column; readonly numbersAre: 'amounts' | 'moments' }[]
}

/** Part of the positive class (the most frequent one of several), or the mean: what the slice's rows are like. */
function targetIn(target: Target, task: Task, leading: number): number {
  if (target.kind === 'numbers') return target.values.reduce((sum, value) => sum + value, 0) / target.values.length
  const index = task === 'binary-classification' ? 1 : leading
  return target.codes.reduce((sum, code) => sum + (code === index ? 1 : 0), 0) / target.codes.length
}

function mostFrequent(target: Target): number {
  if (target.kind === 'numbers') return 0
  const counts = new Array<number>(target.classes.length).fill(0)
  for (const code of target.codes) counts[code] = (counts[code] ?? 0) + 1
  return counts.indexOf(Math.max(...counts))
}

/** The primary metric on parts of the rows; parts of fewer than 30 rows are left out. */
export function sliceEvaluation({ task, metric, predicted, columns }: SliceWork, rng: Rng, throwIfAborted: () => void): Slice[] {
  const all = metric.compute(predicted.target, predicted.prediction)
  const leading = mostFrequent(predicted.target)
  return columns.flatMap(({ column, numbersAre }) =>
    groupRows(column, numbersAre)
      .filter(({ rows }) => rows.length >= FEWEST)
      .map(({ name, rows }): Slice => {
        throwIfAborted()
        const own = takeRows(predicted, rows)
        const score = metric.compute(own.target, own.prediction)
        const interval = bootstrapIntervals([metric], own, rng.fork(`${column.name}=${name}`), throwIfAborted)[metric.id]
        const favourable = interval === undefined ? undefined : metric.greaterIsBetter ? interval.high : -interval.low
        const worse = all !== undefined && favourable !== undefined && favourable < (metric.greaterIsBetter ? all : -all)
        return {
          column: column.name,
          value: name,
          rows: rows.length,
          target: targetIn(own.target, task, leading),
          ...(score === undefined ? {} : { score }),
          ...(interval === undefined ? {} : { interval: { low: interval.low, high: interval.high } }),
          worse,
        }
      }),
  )
}
