import type { Rng } from '../../base/rng.ts'
import { takeRows as takeCells } from '../../table/column.ts'
import type { Prediction, Target } from '../../table/matrix.ts'
import type { Table } from '../../table/table.ts'
import type { Metric } from '../metrics/metric.ts'

/** What shuffling a column costs: mean and standard deviation over the repeats, positive where the model gets worse. */
export type ColumnImportance = { readonly column: string; readonly drop: number; readonly deviation: number }

/** A model as a function of a table, and the rows to try it on. */
export type PermutationWork = {
  predict(table: Table): Promise<Prediction>
  readonly table: Table
  readonly target: Target
  readonly metric: Metric
  /** Columns to shuffle, one at a time. */
  readonly columns: readonly string[]
  readonly repeats: number
}

/**
 * How much worse a metric gets when the cells of a column are shuffled among the rows (Breiman, Random forests, 2001; Fisher, Rudin and
 * Dominici 2019), the largest loss first. Columns that say the same stand in for each other, and each then seems to matter little.
 * Empty where the rows do not define the metric.
 */
export async function permutationImportance(
  { predict, table, target, metric, columns, repeats }: PermutationWork,
  rng: Rng,
  progress: (fraction: number) => void = () => undefined,
): Promise<readonly ColumnImportance[]> {
  const whole = metric.compute(target, await predict(table))
  if (whole === undefined) return []
  const found: ColumnImportance[] = []
  for (const [at, column] of columns.entries()) {
    const drops: number[] = []
    for (let repeat = 0; repeat < repeats; repeat++) {
      progress((at + repeat / repeats) / columns.length)
      const shuffled = metric.compute(target, await predict(shuffleColumn(table, column, rng.fork(`${column} ${repeat}`))))
      if (shuffled !== undefined) drops.push(metric.greaterIsBetter ? whole - shuffled : shuffled - whole)
    }
    if (drops.length > 0) found.push({ column, ...summaryOf(drops) })
  }
  return found.toSorted((a, b) => b.drop - a.drop)
}

function shuffleColumn(table: Table, name: string, rng: Rng): Table {
  const order = rng.shuffle(Int32Array.from({ length: table.rows }, (_, row) => row))
  return { ...table, columns: table.columns.map((column) => (column.name === name ? takeCells(column, order) : column)) }
}

function summaryOf(values: readonly number[]): { readonly drop: number; readonly deviation: number } {
  const drop = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - drop) ** 2, 0)
  return { drop, deviation: values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1)) }
}
