/** Rows in groups, numbered from 0. */
export type Groups = { readonly groupOf: Int32Array; readonly groups: number }

/** Upper bounds of groups of about equal size; equal numbers are never parted. */
function boundsOf(sorted: Float64Array, most: number): Float64Array {
  const bounds: number[] = []
  for (let group = 1; group < most; group++) {
    const bound = sorted[Math.min(sorted.length - 1, Math.ceil((group * sorted.length) / most) - 1)]
    if (bound !== undefined && bound !== bounds.at(-1) && bound !== sorted.at(-1)) bounds.push(bound)
  }
  return Float64Array.from(bounds)
}

/** Distinct numbers as groups where there are at most `most`; else groups of about equal size by value. NaN is a group of its own, the last. */
export function groupsOf(values: Float32Array | Float64Array, most: number): Groups {
  const sorted = Float64Array.from(values).filter((value) => !Number.isNaN(value)).sort()
  const distinct = sorted.filter((value, i) => i === 0 || value !== sorted[i - 1])
  const bounds = distinct.length <= most ? distinct.subarray(0, Math.max(0, distinct.length - 1)) : boundsOf(sorted, most)
  const groupOf = new Int32Array(values.length)
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    if (Number.isNaN(value)) {
      groupOf[i] = bounds.length + 1
      continue
    }
    let [low, high] = [0, bounds.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((bounds[middle] as number) < value) low = middle + 1
      else high = middle
    }
    groupOf[i] = low
  }
  return { groupOf, groups: bounds.length + 2 }
}
