/** Largest float32. */
const MOST = (2 - 2 ** -23) * 2 ** 127

/** (value − mean) · factor, kept within what float32 holds, so that distances stay numbers. */
export function scaledCell(value: number, mean: number, factor: number): number {
  return Math.max(-MOST, Math.min(MOST, (value - mean) * factor))
}
