import type { Rng } from '../../base/rng.ts'
import type { Target } from '../../table/matrix.ts'
import { assignGroups, countGroups } from './assign-groups.ts'

/**
 * What holds rows together where the data was split by it: whole groups (a code from 0 for each row), or an order in time
 * (a number for each row; NaN where it is not known). Folds then are made alike, or their scores would promise too much.
 */
export type Arrangement = { readonly kind: 'groups'; readonly codes: Int32Array } | { readonly kind: 'time'; readonly values: Float64Array }

/** Where each row is in one cross-validation: the part it is tested in, −1 for rows that are only learnt from. */
export type Parts = { readonly partOf: Int32Array; /** True where a part may learn from earlier parts only. */ readonly ordered: boolean }

/** Rows `index` of an arrangement, in that order. */
export function selectArrangement(arrangement: Arrangement, index: Int32Array): Arrangement {
  if (arrangement.kind === 'groups') return { kind: 'groups', codes: index.map((row) => arrangement.codes[row] as number) }
  return { kind: 'time', values: Float64Array.from(index, (row) => arrangement.values[row] as number) }
}

/** Parts of about equal size that keep groups whole, with about the same classes each; at most as many as there are groups. */
export function groupParts(codes: Int32Array, target: Target, folds: number, rng: Rng): Parts {
  const groups = codes.reduce((most, code) => Math.max(most, code + 1), 0)
  const counted = target.kind === 'classes' ? countGroups(codes, groups, target.codes, target.classes.length) : countGroups(codes, groups)
  const present = new Set(codes).size
  const parts = Math.max(1, Math.min(folds, present))
  const sideOf = assignGroups(withoutAbsent(counted, codes), Array.from({ length: parts }, () => 1 / parts), rng)
  const place = placesOf(codes)
  return { partOf: codes.map((code) => sideOf[place.get(code) as number] as number), ordered: false }
}

/** Codes that occur, numbered from 0 in ascending order. */
function placesOf(codes: Int32Array): ReadonlyMap<number, number> {
  return new Map([...new Set(codes)].toSorted((a, b) => a - b).map((code, place) => [code, place]))
}

/** Counts of the groups that occur: a selection of rows may lack some. */
function withoutAbsent(counted: ReturnType<typeof countGroups>, codes: Int32Array): ReturnType<typeof countGroups> {
  const present = [...placesOf(codes).keys()]
  const counts = new Float64Array(present.length * counted.classes)
  present.forEach((code, place) => {
    counts.set(counted.counts.subarray(code * counted.classes, (code + 1) * counted.classes), place * counted.classes)
  })
  return { groups: present.length, classes: counted.classes, counts }
}

/** Blocks in the order of time: the first is only learnt from, each other is tested after learning from all before it. */
export function timeParts(values: Float64Array, folds: number): Parts {
  const known = Int32Array.from({ length: values.length }, (_, row) => row).filter((row) => !Number.isNaN(values[row]))
  const order = known.sort((a, b) => (values[a] as number) - (values[b] as number))
  const partOf = new Int32Array(values.length).fill(-1)
  order.forEach((row, at) => {
    partOf[row] = Math.floor((at * (folds + 1)) / order.length) - 1
  })
  // Rows of one moment stay together, with the first of them.
  for (let at = 1; at < order.length; at++) {
    const [before, row] = [order[at - 1] as number, order[at] as number]
    if (values[before] === values[row]) partOf[row] = partOf[before] as number
  }
  return { partOf, ordered: true }
}
