/** 95 % interval of a share (Wilson 1927), drawn as a line through the dot. */
export function wilson(share: number, rows: number): readonly [low: number, high: number] {
  const z = 1.959964
  const middle = (share + (z * z) / (2 * rows)) / (1 + (z * z) / rows)
  const half = (z / (1 + (z * z) / rows)) * Math.sqrt((share * (1 - share)) / rows + (z * z) / (4 * rows * rows))
  return [Math.max(0, middle - half), Math.min(1, middle + half)]
}
