import type { Rng } from '../../../base/rng.ts'
import { FEWEST_TO_HOLD_BACK } from '../../neural/learning-parts.ts'
import type { RowPart } from '../../neural/network-plan.ts'
import { holdOut, holdOutFolds } from '../held-out.ts'

/**
 * Which rows each network learns from, and which it is judged by. Several networks hold back different parts: together they learn from every row, and are judged
 * by most. Undefined: all learn from all rows.
 */
export function partsFor(rows: number, groups: Int32Array | undefined, networks: number, fraction: number, rng: Rng): readonly RowPart[] | undefined {
  if (rows < FEWEST_TO_HOLD_BACK) return undefined
  const own = rng.fork('held-out rows')
  const cuts = networks === 1 ? [holdOut(rows, groups, fraction, own)] : holdOutFolds(rows, groups, Math.max(networks, Math.round(1 / fraction)), own)
  const parts = cuts.flatMap((cut) => (cut === undefined ? [] : [{ train: cut.order.slice(0, cut.training), held: cut.order.slice(cut.training) }]))
  return parts.length === 0 ? undefined : Array.from({ length: networks }, (_, k) => parts[k % parts.length] as RowPart)
}
