/** Distinct numbers, ascending, with how often each occurs; no NaN, no infinity. */
export type CountedNumbers = { readonly values: Float64Array; readonly counts: Float64Array }

/** Distinct values of a column; sorts `values` in place. NaN and infinite cells are left out. */
export function countSorted(values: Float64Array): CountedNumbers {
  values.sort() // NaN goes last
  const distinct = new Float64Array(values.length)
  const counts = new Float64Array(values.length)
  let size = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    if (!Number.isFinite(value)) continue
    if (size > 0 && distinct[size - 1] === value) counts[size - 1] = (counts[size - 1] as number) + 1
    else {
      distinct[size] = value
      counts[size++] = 1
    }
  }
  return { values: distinct.slice(0, size), counts: counts.slice(0, size) }
}

/** Sum of the counts. */
export function totalOf({ counts }: CountedNumbers): number {
  let total = 0
  for (let i = 0; i < counts.length; i++) total += counts[i] as number
  return total
}
