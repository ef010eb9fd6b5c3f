/** Σ_j weights[j] · cell(i, j) added to out[i], column after column. */
export function referenceScores(cells: Float32Array, rows: number, weights: Float64Array, out: Float64Array): Float64Array {
  return out.map((start, i) => weights.reduce((sum, weight, j) => sum + weight * (cells[j * rows + i] ?? 0), start))
}

/** Σ_i residual[i] · cell(i, j) in the order of the kernel: by row mod 4, (0 + 1) + (2 + 3), then the rows left over. */
export function referenceSums(cells: Float32Array, rows: number, residual: Float64Array): Float64Array {
  return Float64Array.from({ length: cells.length / rows }, (_, j) => {
    const part = (lane: number): number => {
      let sum = 0
      for (let i = lane; i < (rows & ~3); i += 4) sum += (residual[i] ?? 0) * (cells[j * rows + i] ?? 0)
      return sum
    }
    let sum = part(0) + part(1) + (part(2) + part(3))
    for (let i = rows & ~3; i < rows; i++) sum += (residual[i] ?? 0) * (cells[j * rows + i] ?? 0)
    return sum
  })
}
