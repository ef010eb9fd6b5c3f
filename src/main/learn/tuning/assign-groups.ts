import type { Rng } from '../../base/rng.ts'

/** Groups with the classes of their rows: `counts[group * classes + class]` rows. With one class only sizes count. */
export type GroupCounts = { readonly groups: number; readonly classes: number; readonly counts: Float64Array }

/** Counts rows by group and class; both are codes from 0, one per row. Without classes all rows are of one. */
export function countGroups(groupOf: Int32Array, groups: number, classOf?: Int32Array, classes = 1): GroupCounts {
  const counts = new Float64Array(groups * classes)
  groupOf.forEach((group, row) => {
    const at = group * classes + Math.max(0, classOf?.[row] ?? 0)
    counts[at] = (counts[at] as number) + 1
  })
  return { groups, classes, counts }
}

/**
 * The side (index into `shares`) of every group: whole groups, so that every side gets about its share of the rows of each
 * class. Large groups first, each to the side where the squared distance from the wanted counts, over those counts, grows
 * least; groups of equal size in random order. No side stays empty while there are as many groups as sides.
 */
export function assignGroups({ groups, classes, counts }: GroupCounts, shares: readonly number[], rng: Rng): Int32Array {
  const totals = new Float64Array(classes)
  const sizes = new Float64Array(groups)
  for (let group = 0; group < groups; group++) {
    for (let k = 0; k < classes; k++) {
      const count = counts[group * classes + k] as number
      totals[k] = (totals[k] as number) + count
      sizes[group] = (sizes[group] as number) + count
    }
  }
  const held = shares.map(() => new Float64Array(classes))
  const members = shares.map(() => 0)
  const sides = new Int32Array(groups)
  const order = rng.shuffle(Int32Array.from({ length: groups }, (_, group) => group)).sort((a, b) => (sizes[b] as number) - (sizes[a] as number))
  order.forEach((group, nth) => {
    const empty = members.filter((count) => count === 0).length
    // The last groups go where there is none yet.
    const open = groups - nth <= empty ? (side: number) => members[side] === 0 : () => true
    let [best, least] = [0, Number.POSITIVE_INFINITY]
    shares.forEach((share, side) => {
      if (!open(side)) return
      const growth = growthOf(group, held[side] as Float64Array, share)
      if (growth < least - 1e-12) [best, least] = [side, growth]
    })
    sides[group] = best
    members[best] = (members[best] ?? 0) + 1
    const own = held[best] as Float64Array
    for (let k = 0; k < classes; k++) own[k] = (own[k] as number) + (counts[group * classes + k] as number)
  })
  return sides

  function growthOf(group: number, own: Float64Array, share: number): number {
    let growth = 0
    for (let k = 0; k < classes; k++) {
      const count = counts[group * classes + k] as number
      const wanted = share * (totals[k] as number)
      if (count > 0) growth += (count * (2 * ((own[k] as number) - wanted) + count)) / Math.max(wanted, 1e-9)
    }
    return growth
  }
}
