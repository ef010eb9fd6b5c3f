import { denseColumns, matrixColumn, type Matrix, type Target } from '../../table/matrix.ts'
import { groupsOf, type Groups } from './groups.ts'

/** How much a column says about the target, by one measure: not negative, greater is more. */
export type Score = (column: Cells, target: Target) => number

/** Cells of a column: all of them, or those that are not zero. */
export type Cells = {
  readonly rows: number
  readonly values: Float32Array
  /** Row of each value; absent: one value per row. */
  readonly at?: Int32Array
  readonly categorical: boolean
}

/** Groups that numbers are put into. */
const GROUPS = 16

/** Number of the group of each row, and how many there are. Cells of 0 that are not written down are group 0. */
function columnGroups({ rows, values, at, categorical }: Cells): Groups {
  if (at === undefined) return groupsOf(values, categorical ? Number.POSITIVE_INFINITY : GROUPS)
  const groupOf = new Int32Array(rows)
  for (let k = 0; k < at.length; k++) if (values[k] !== 0) groupOf[at[k] as number] = 1
  return { groupOf, groups: 2 }
}

function targetGroups(target: Target): Groups {
  if (target.kind === 'classes') return { groupOf: target.codes, groups: target.classes.length }
  return groupsOf(target.values, GROUPS)
}

/** The target's groups are the same for all columns. */
const known = new WeakMap<Target, Groups>()

function groupsOfTarget(target: Target): Groups {
  const groups = known.get(target) ?? targetGroups(target)
  known.set(target, groups)
  return groups
}

/**
 * Mutual information in nats between a column and the target, numbers in 16 groups of equal size, missing a group of its own; less the
 * expected excess (groups − 1)(target groups − 1) / 2n (Miller, Note on the bias of information estimates, 1955).
 */
export const mutualInformation: Score = (cells, target) => {
  const [own, goal] = [columnGroups(cells), groupsOfTarget(target)]
  const counts = new Float64Array(own.groups * goal.groups)
  for (let i = 0; i < cells.rows; i++) (counts[(own.groupOf[i] as number) * goal.groups + (goal.groupOf[i] as number)] as number)++
  const [left, right] = [new Float64Array(own.groups), new Float64Array(goal.groups)]
  counts.forEach((count, at) => {
    ;(left[Math.floor(at / goal.groups)] as number) += count
    ;(right[at % goal.groups] as number) += count
  })
  let sum = 0
  counts.forEach((count, at) => {
    if (count > 0) sum += (count / cells.rows) * Math.log((count * cells.rows) / ((left[Math.floor(at / goal.groups)] as number) * (right[at % goal.groups] as number)))
  })
  const present = (groups: Float64Array): number => groups.reduce((found, count) => found + (count > 0 ? 1 : 0), 0)
  return Math.max(0, sum - ((present(left) - 1) * (present(right) - 1)) / (2 * cells.rows))
}

/** F of a straight line through numbers: r² / (1 − r²) · (n − 2), over the rows whose cell is not missing; as scikit-learn's `f_regression`. */
function lineF(cells: Cells, goal: Float64Array): number {
  let [n, x, y, xx, yy, xy] = [0, 0, 0, 0, 0, 0]
  const add = (value: number, target: number): void => {
    n++
    const [dx, dy] = [value - x, target - y]
    x += dx / n
    y += dy / n
    xx += dx * (value - x)
    yy += dy * (target - y)
    xy += dx * (target - y)
  }
  forEachCell(cells, (value, row) => {
    add(value, goal[row] as number)
  })
  const r2 = xx > 0 && yy > 0 ? Math.min(1, (xy * xy) / (xx * yy)) : 0
  return n > 2 ? (r2 / Math.max(1e-15, 1 - r2)) * (n - 2) : 0
}

/** Every cell that is not missing, zeros that are not written down included. */
function forEachCell({ rows, values, at }: Cells, visit: (value: number, row: number) => void): void {
  if (at === undefined) {
    for (let row = 0; row < rows; row++) if (!Number.isNaN(values[row])) visit(values[row] as number, row)
    return
  }
  let k = 0
  for (let row = 0; row < rows; row++) visit(at[k] === row ? (values[k++] as number) : 0, row)
}

/** F of an analysis of variance: mean square between the classes over that within; as scikit-learn's `f_classif`. */
function classF(cells: Cells, codes: Int32Array, classes: number): number {
  const [counts, means] = [new Float64Array(classes), new Float64Array(classes)]
  let [n, mean, all, within] = [0, 0, 0, 0]
  forEachCell(cells, (value, row) => {
    const code = codes[row] as number
    const off = value - mean
    mean += off / ++n
    all += off * (value - mean)
    ;(counts[code] as number)++
    const own = value - (means[code] as number)
    ;(means[code] as number) += own / (counts[code] as number)
    within += own * (value - (means[code] as number))
  })
  const groups = counts.reduce((found, count) => found + (count > 0 ? 1 : 0), 0)
  if (groups < 2 || n <= groups || !(all > 0)) return 0
  return Math.max(0, all - within) / (groups - 1) / (Math.max(within, all * 1e-15) / (n - groups))
}

/** F statistic of one column: of an analysis of variance for classes, of a straight line for numbers. Codes of categories count as numbers of a line. */
export const fTest: Score = (cells, target) =>
  target.kind === 'classes' ? classF(cells, target.codes, target.classes.length) : lineF(cells, target.values)

/** Chi-squared of the sums of a non-negative column by class (of numbers: by 16 groups of equal size), as scikit-learn's `chi2`; 0 where a cell is negative. */
export const chiSquared: Score = (cells, target) => {
  const { groupOf, groups } = groupsOfTarget(target)
  const [sums, counts] = [new Float64Array(groups), new Float64Array(groups)]
  for (let i = 0; i < cells.rows; i++) (counts[groupOf[i] as number] as number)++
  let total = 0
  for (let k = 0; k < cells.values.length; k++) {
    const value = cells.values[k] as number
    if (value < 0) return 0
    if (Number.isNaN(value)) continue
    total += value
    ;(sums[groupOf[cells.at === undefined ? k : (cells.at[k] as number)] as number] as number) += value
  }
  let found = 0
  counts.forEach((count, group) => {
    const expected = (total * count) / cells.rows
    if (expected > 0) found += ((sums[group] as number) - expected) ** 2 / expected
  })
  return found
}

/** Cells of every column of a matrix, one after the other. */
export function* cellsOfColumns(matrix: Matrix): Generator<Cells> {
  const width = denseColumns(matrix)
  for (const [j, column] of matrix.columns.entries()) {
    if (j < width) {
      yield { rows: matrix.rows, values: matrixColumn(matrix, j), categorical: column.kind === 'categorical' }
    } else if (matrix.sparse !== undefined) {
      const { starts, rows, values } = matrix.sparse
      const [from, to] = [starts[j - width] as number, starts[j - width + 1] as number]
      yield { rows: matrix.rows, values: values.subarray(from, to), at: rows.subarray(from, to), categorical: false }
    }
  }
}
