import type { Rng } from '../../base/rng.ts'

/**
 * A mask with 1 for each row that goes to the test side: `fraction` of the rows, at least one and not all. With `groups`
 * (one code per row) every group gives its share, shared out by largest remainder, and keeps at least one row for
 * training. Depends on nothing but its arguments.
 */
export function chooseTestRows(rows: number, fraction: number, groups: Int32Array | undefined, rng: Rng): Uint8Array {
  const members = groups === undefined ? [Int32Array.from({ length: rows }, (_, row) => row)] : membersOf(groups)
  const wanted = Math.min(rows - 1, Math.max(1, Math.round(rows * fraction)))
  const quotas = shareOut(members.map((group) => group.length), wanted, rows)
  const mask = new Uint8Array(rows)
  members.forEach((group, index) => {
    rng.fork(`group ${index}`).shuffle(group)
    for (const row of group.subarray(0, quotas[index])) mask[row] = 1
  })
  return mask
}

/** Rows of each group, groups in order of first appearance; four bytes a row. */
function membersOf(groups: Int32Array): Int32Array[] {
  const sizes = new Map<number, number>()
  for (const code of groups) sizes.set(code, (sizes.get(code) ?? 0) + 1)
  const lists = new Map([...sizes].map(([code, size]) => [code, { rows: new Int32Array(size), filled: 0 }]))
  for (let row = 0; row < groups.length; row++) {
    const list = lists.get(groups[row] as number)
    if (list !== undefined) list.rows[list.filled++] = row
  }
  return [...lists.values()].map((list) => list.rows)
}

/** Largest remainder (Hamilton): shares of `wanted` in proportion to `sizes`, at most size − 1 each. */
function shareOut(sizes: readonly number[], wanted: number, rows: number): number[] {
  const exact = sizes.map((size) => (size * wanted) / rows)
  const quotas = exact.map((share, index) => Math.min(Math.floor(share), (sizes[index] ?? 0) - 1))
  let left = wanted - quotas.reduce((sum, quota) => sum + quota, 0)
  const order = exact.map((share, index) => ({ index, remainder: share - Math.floor(share) })).toSorted((a, b) => b.remainder - a.remainder || a.index - b.index)
  for (let progress = true; left > 0 && progress; ) {
    progress = false
    for (const { index } of order) {
      const quota = quotas[index] ?? 0
      if (left === 0 || quota >= (sizes[index] ?? 0) - 1) continue
      quotas[index] = quota + 1
      left--
      progress = true
    }
  }
  return quotas
}
