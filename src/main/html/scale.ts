/** A straight axis: values `low` … `high` at pixels `from` … `to`. */
export type Scale = { readonly low: number; readonly high: number; readonly from: number; readonly to: number }

/** Pixel of a value, to a hundredth. */
export function at(scale: Scale, value: number): number {
  const span = scale.high - scale.low
  const share = span === 0 ? 0.5 : (value - scale.low) / span
  return Math.round((scale.from + share * (scale.to - scale.from)) * 100) / 100
}

/** Round values within `low` … `high`, about `count` of them: steps of 1, 2 or 5 times a power of ten. */
export function ticks(low: number, high: number, count = 5): number[] {
  const span = high - low
  if (!(span > 0) || !Number.isFinite(span)) return [low]
  const raw = span / count
  const power = 10 ** Math.floor(Math.log10(raw))
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= raw * 0.999) ?? 10) * power
  const first = Math.ceil(low / step - 1e-9)
  const last = Math.floor(high / step + 1e-9)
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => Number(((first + index) * step).toPrecision(12)))
}

/** The least and greatest finite value, widened to round ones; 0 … 1 where there is none. */
export function niceRange(values: readonly number[]): readonly [number, number] {
  let [low, high] = [Infinity, -Infinity]
  for (const value of values) {
    if (!Number.isFinite(value)) continue
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  if (low > high) return [0, 1]
  if (low === high) return low === 0 ? [0, 1] : [low - Math.abs(low) / 2, low + Math.abs(low) / 2]
  const marks = ticks(low, high)
  const step = (marks[1] ?? high) - (marks[0] ?? low)
  return step > 0 ? [Math.floor(low / step + 1e-9) * step, Math.ceil(high / step - 1e-9) * step] : [low, high]
}
