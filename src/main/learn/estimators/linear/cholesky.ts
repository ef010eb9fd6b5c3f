/**
 * Cholesky factor L (lower, row after row) of `scale · matrix + ridge · I`, so that L Lᵀ is that matrix. A pivot that
 * rounding or collinear columns left without size is raised to a small share of its diagonal entry, so that the factor always exists whatever
 * the units of the columns.
 */
export function cholesky(matrix: Float64Array, size: number, scale: number, ridge: number): Float64Array {
  const factor = new Float64Array(size * size)
  for (let j = 0; j < size; j++) {
    const smallest = (scale * (matrix[j * size + j] as number) + ridge) * 1e-12 || 1
    for (let k = 0; k <= j; k++) {
      let sum = scale * (matrix[j * size + k] as number) + (j === k ? ridge : 0)
      for (let i = 0; i < k; i++) sum -= (factor[j * size + i] as number) * (factor[k * size + i] as number)
      factor[j * size + k] = j === k ? Math.sqrt(Math.max(sum, smallest)) : sum / (factor[k * size + k] as number)
    }
  }
  return factor
}

/** Solves L Lᵀ x = b in place; `b` is a view of `size` numbers. */
export function solveCholesky(factor: Float64Array, size: number, b: Float64Array): void {
  for (let j = 0; j < size; j++) {
    let sum = b[j] as number
    for (let i = 0; i < j; i++) sum -= (factor[j * size + i] as number) * (b[i] as number)
    b[j] = sum / (factor[j * size + j] as number)
  }
  for (let j = size - 1; j >= 0; j--) {
    const solved = (b[j] as number) / (factor[j * size + j] as number)
    b[j] = solved
    for (let i = 0; i < j; i++) b[i] = (b[i] as number) - solved * (factor[j * size + i] as number)
  }
}
