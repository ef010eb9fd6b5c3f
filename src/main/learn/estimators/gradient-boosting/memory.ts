import { BUNDLE_BYTES } from './growing-space.ts'
import type { BoostingParams } from './params.ts'

const MODULE_BYTES = 32 * 2 ** 20 // the kernels, sorting space, chunks of values, trees

/** Bytes at the peak of a fit, matrix included; layouts in src/kernels/boosting.ts. */
export function estimateBoostingMemory(shape: { readonly rows: number; readonly columns: number; readonly classes: number }, params: BoostingParams): number {
  const { rows, columns, classes } = shape
  const bundles = Math.ceil(columns / 16)
  const outputs = classes > 2 ? classes : 1
  const bins = columns + bundles * 16
  const perRow = columns * 4 + bins * 2 + 8 + 8 + 8 + outputs * 4 + (outputs > 1 ? outputs * 4 : 4)
  return rows * perRow + bundles * BUNDLE_BYTES * (params.maxLeaves + 16) + MODULE_BYTES
}
