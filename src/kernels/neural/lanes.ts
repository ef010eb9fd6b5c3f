// The last one to three floats of a row: read and written without touching what lies behind them.

/** f32x4 with the first `count` (1 … 4) floats at `at`, zeros behind. */
// @ts-ignore: decorator
@inline
export function loadFirst(at: usize, count: i32): v128 {
  if (count >= 4) return v128.load(at)
  if (count == 1) return v128.load32_zero(at)
  const pair = v128.load64_zero(at)
  return count == 2 ? pair : v128.load32_lane(at, pair, 2, 8)
}

/** Writes the first `count` (1 … 4) lanes to `at`. */
// @ts-ignore: decorator
@inline
export function storeFirst(at: usize, count: i32, lanes: v128): void {
  if (count >= 4) {
    v128.store(at, lanes)
    return
  }
  if (count == 1) {
    v128.store32_lane(at, lanes, 0)
    return
  }
  v128.store64_lane(at, lanes, 0)
  if (count == 3) v128.store32_lane(at, lanes, 2, 8)
}

/** Sum of the four lanes, in pairs. */
// @ts-ignore: decorator
@inline
export function sumOfLanes(lanes: v128): f32 {
  return (f32x4.extract_lane(lanes, 0) + f32x4.extract_lane(lanes, 1)) + (f32x4.extract_lane(lanes, 2) + f32x4.extract_lane(lanes, 3))
}

/** Sum of the four lanes in float64. */
// @ts-ignore: decorator
@inline
export function exactSumOfLanes(lanes: v128): f64 {
  return (<f64>f32x4.extract_lane(lanes, 0) + <f64>f32x4.extract_lane(lanes, 1)) + (<f64>f32x4.extract_lane(lanes, 2) + <f64>f32x4.extract_lane(lanes, 3))
}

/** Zero for numbers below the smallest normal one, 1.2e−38: products with subnormal numbers are a hundred times slower on x86, and what decays step by step would stay there. */
// @ts-ignore: decorator
@inline
export function flushed(x: v128): v128 {
  return v128.andnot(x, i32x4.lt_s(v128.and(x, i32x4.splat(0x7fffffff)), i32x4.splat(0x00800000)))
}

/** a · b + c; fused where the processor can. */
// @ts-ignore: decorator
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  return f32x4.relaxed_madd(a, b, c)
}

/** a · x + c with constants a and c: one step of Horner's scheme where `sum` is a. */
// @ts-ignore: decorator
@inline
export function term(sum: v128, x: v128, next: f32): v128 {
  return f32x4.relaxed_madd(sum, x, f32x4.splat(next))
}
