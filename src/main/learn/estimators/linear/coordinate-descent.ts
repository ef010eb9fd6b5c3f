import type { Design } from './design.ts'

/**
 * ½ Σ h_i (Σ_j d_j x_ij + d_0)² − Σ u_i (Σ_j d_j x_ij + d_0) + l2/2 ‖w‖² + l1 ‖w‖₁ with w = start + d: a quadratic model of a penalised loss at `start`,
 * with u the negative derivatives and h the second derivatives of the loss by the rows' scores.
 */
export type Quadratic = {
  readonly design: Design
  /** Per row; changed: at the end they are u_i − h_i · (the change of row i's score). */
  readonly pulls: Float64Array
  /** Per row, positive where the row takes part. */
  readonly curvatures: Float64Array
  readonly l1: number
  readonly l2: number
}

type Column = {
  /** Row of each stored cell; undefined: cell i is row i's. */
  readonly rows: Int32Array | undefined
  readonly values: Float32Array
  readonly base: number
  readonly offset: number
  readonly factor: number
  /** Σ h s and Σ h x² over the column, s stored and x = factor · (s + offset). */
  readonly weighted: number
  readonly squares: number
}

/** The column of a design by its number, with its sums; undefined for a constant one. */
function columnsOf({ design, curvatures }: Quadratic, total: number): (j: number) => Column | undefined {
  const denseAt = new Map([...design.dense].map((j, k) => [j, k]))
  const sparseAt = new Map([...design.sparse].map((j, k) => [j, k]))
  const known = new Map<number, Column>()
  const create = (j: number): Column | undefined => {
    const dense = denseAt.get(j)
    const sparse = sparseAt.get(j)
    const factor = design.factors?.[j] ?? 1
    const offset = design.offsets[j] as number
    if (dense !== undefined) {
      const values = design.cells.subarray(dense * design.rows, (dense + 1) * design.rows)
      let squares = 0
      for (let i = 0; i < values.length; i++) squares += (curvatures[i] as number) * ((values[i] as number) + offset) ** 2
      return { rows: undefined, values, base: 0, offset, factor, weighted: 0, squares: squares * factor ** 2 }
    }
    if (sparse === undefined) return undefined
    const from = design.starts[sparse] as number
    const to = design.starts[sparse + 1] as number
    const rows = design.entryRows.subarray(from, to)
    const values = design.entryValues.subarray(from, to)
    const base = design.bases[sparse] as number
    let weighted = 0
    let squares = 0
    let others = total
    for (let k = 0; k < values.length; k++) {
      const h = curvatures[rows[k] as number] as number
      const s = (values[k] as number) - base
      weighted += h * s
      squares += h * (s + offset) ** 2
      others -= h
    }
    return { rows, values, base, offset, factor, weighted, squares: (squares + Math.max(0, others) * offset ** 2) * factor ** 2 }
  }
  return (j) => {
    const found = known.get(j)
    if (found !== undefined) return found
    const column = create(j)
    if (column !== undefined) known.set(j, column)
    return column
  }
}

/** The rows' pulls, where a change of all scores alike waits in `shift`: row i's pull is pulls_i − shift · h_i. */
type Pulls = { readonly values: Float64Array; readonly curvatures: Float64Array; readonly total: number; shift: number; sum: number }

function slopeOf({ rows, values, base, offset, factor, weighted }: Column, pulls: Pulls): number {
  let sum = 0
  if (rows === undefined) {
    for (let i = 0; i < values.length; i++) sum += ((pulls.values[i] as number) - pulls.shift * (pulls.curvatures[i] as number)) * ((values[i] as number) + offset)
    return factor * sum
  }
  for (let k = 0; k < values.length; k++) sum += (pulls.values[rows[k] as number] as number) * ((values[k] as number) - base)
  return factor * (sum - pulls.shift * weighted + offset * pulls.sum)
}

/** Takes the effect of a step along a column out of the pulls. */
function move({ rows, values, base, offset, factor, weighted }: Column, step: number, pulls: Pulls): void {
  const { curvatures, total } = pulls
  const by = step * factor
  if (rows === undefined) {
    let change = 0
    for (let i = 0; i < values.length; i++) {
      const own = by * (curvatures[i] as number) * ((values[i] as number) + offset)
      pulls.values[i] = (pulls.values[i] as number) - own
      change += own
    }
    pulls.sum -= change
    return
  }
  for (let k = 0; k < values.length; k++) {
    const row = rows[k] as number
    pulls.values[row] = (pulls.values[row] as number) - by * (curvatures[row] as number) * ((values[k] as number) - base)
  }
  pulls.shift += by * offset
  pulls.sum -= by * (weighted + offset * total)
}

/** Most passes over the active columns before the pull of the others is looked at again. */
const MOST_PASSES = 1000

/**
 * Minimises the quadratic over the coefficients `candidates` of `parameters` (width coefficients, then the intercept), in place, by cyclic
 * coordinate descent with an active set (Friedman, Hastie and Tibshirani 2010). Ends where no step changes a row's score, per standard
 * deviation, by more than `tolerance`.
 */
export function descend(quadratic: Quadratic, parameters: Float64Array, candidates: readonly number[], tolerance: number, throwIfAborted: () => void): void {
  const { curvatures, pulls: values, l1, l2 } = quadratic
  const total = curvatures.reduce((sum, h) => sum + h, 0)
  const columnOf = columnsOf(quadratic, total)
  const pulls: Pulls = { values, curvatures, total, shift: 0, sum: values.reduce((sum, pull) => sum + pull, 0) }
  const width = parameters.length - 1
  const visit = (j: number): number => {
    const column = columnOf(j)
    if (column === undefined || column.squares + l2 <= 0) return 0
    const old = parameters[j] as number
    const pull = slopeOf(column, pulls) + column.squares * old
    const next = (Math.sign(pull) * Math.max(0, Math.abs(pull) - l1)) / (column.squares + l2)
    if (next === old) return 0
    parameters[j] = next
    move(column, next - old, pulls)
    return ((next - old) ** 2 * column.squares) / total
  }
  const centre = (): void => {
    const step = total > 0 ? pulls.sum / total : 0
    parameters[width] = (parameters[width] as number) + step
    pulls.shift += step
    pulls.sum = 0
  }
  for (let round = 0; round < MOST_PASSES; round++) {
    throwIfAborted()
    let largest = 0
    centre()
    for (const j of candidates) largest = Math.max(largest, visit(j))
    if (largest <= tolerance ** 2) break
    const active = candidates.filter((j) => parameters[j] !== 0)
    for (let pass = 0; pass < MOST_PASSES && largest > tolerance ** 2; pass++) {
      throwIfAborted()
      largest = 0
      centre()
      for (const j of active) largest = Math.max(largest, visit(j))
    }
  }
  centre()
  for (let i = 0; i < values.length; i++) values[i] = (values[i] as number) - pulls.shift * (curvatures[i] as number)
}
