/** Values of `values` that are finite numbers, in order; a copy. */
export function finiteOf(values: Float64Array): Float64Array {
  const kept = new Float64Array(values.length)
  let count = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    if (Number.isFinite(value)) kept[count++] = value
  }
  return kept.subarray(0, count)
}

/** The `k`-th smallest value (0-based) by Hoare's quickselect; reorders `values`, expected linear time. No NaN, 0 ≤ k < length. */
export function selectInPlace(values: Float64Array, k: number): number {
  let low = 0
  let high = values.length - 1
  while (low < high) {
    const pivot = medianOfThree(values[low] as number, values[(low + high) >>> 1] as number, values[high] as number)
    let i = low
    let j = high
    while (i <= j) {
      while ((values[i] as number) < pivot) i++
      while ((values[j] as number) > pivot) j--
      if (i <= j) {
        const kept = values[i] as number
        values[i++] = values[j] as number
        values[j--] = kept
      }
    }
    if (k <= j) high = j
    else if (k >= i) low = i
    else break
  }
  return values[k] as number
}

function medianOfThree(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c))
}

/** The `q`-quantile (0 … 1) by linear interpolation between order statistics (NumPy's default); NaN when empty. Reorders `values`. */
export function quantileInPlace(values: Float64Array, q: number): number {
  if (values.length === 0) return Number.NaN
  const position = q * (values.length - 1)
  const below = Math.floor(position)
  const lower = selectInPlace(values, below)
  const fraction = position - below
  if (fraction === 0) return lower
  let upper = Number.POSITIVE_INFINITY // selection left every larger value to the right
  for (let i = below + 1; i < values.length; i++) upper = Math.min(upper, values[i] as number)
  return lower * (1 - fraction) + upper * fraction
}

/** Mean and population standard deviation of finite values; does not overflow for values up to 1.7e308. NaN when empty. */
export function meanAndDeviation(values: Float64Array): { mean: number; deviation: number } {
  if (values.length === 0) return { mean: Number.NaN, deviation: Number.NaN }
  let largest = 0
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i] as number))
  // A unit of 2^k changes no digit; only columns that could overflow or underflow when squared need one.
  const unit = largest > 1e120 || (largest > 0 && largest < 1e-120) ? 2 ** Math.min(1023, Math.floor(Math.log2(largest))) : 1
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += (values[i] as number) / unit
  const mean = sum / values.length
  let squares = 0
  for (let i = 0; i < values.length; i++) squares += ((values[i] as number) / unit - mean) ** 2
  const limit = Number.MAX_VALUE // rounding may step over the end of the range
  return { mean: Math.max(-limit, Math.min(limit, mean * unit)), deviation: Math.min(limit, Math.sqrt(squares / values.length) * unit) }
}
