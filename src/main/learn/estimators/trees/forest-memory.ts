import { availableParallelism } from 'node:os'
import { deskBytes } from './forest-desks.ts'
import { growthOf, type ForestParams } from './forest-params.ts'

const MODULE_BYTES = 32 * 2 ** 20 // the kernels, sorting space, chunks of values
/** Leaves of a fully grown tree as a part of the most that it could have: pure leaves hold several rows, noise alone gives about a third. */
const USUAL_LEAVES = 0.35

/** Bytes at the peak of a fit, matrix and finished trees included; `classes` below 2 means numbers. Layouts in src/kernels/forest-layout.ts. */
export function estimateForestMemory(shape: { readonly rows: number; readonly columns: number; readonly classes: number }, params: ForestParams): number {
  const { rows, columns } = shape
  const classes = shape.classes >= 2 ? shape.classes : 0
  const outputs = classes > 2 ? classes : 1
  const { mostLeaves } = growthOf(params, { ...shape, classes })
  const desk = deskBytes({ rows, columns, classes, outputs, mostLeaves, categorical: true })
  const model = params.trees * mostLeaves * USUAL_LEAVES * (16 + outputs * 4) * 2 // twice while trees are joined
  return rows * (columns * 5 + 4 + 4 + outputs * 8) + Math.min(availableParallelism(), params.trees) * desk + model + MODULE_BYTES
}
