import { matrixColumn, type Matrix } from '../../table/matrix.ts'

/** Per channel of an image, or number of a moment, what brings it to mean 0 and deviation 1 over all cells of all rows. */
export type Scaling = { readonly means: readonly number[]; readonly factors: readonly number[] }

/** Learns from training rows; column j of the matrix belongs to channel j modulo `channels`. Missing cells do not count, a constant channel becomes 0. Sums in float64. */
export function learnScaling(matrix: Matrix, channels: number): Scaling {
  const [counts, sums, squares] = [new Float64Array(channels), new Float64Array(channels), new Float64Array(channels)]
  const overCells = (visit: (cell: number, channel: number) => void): void => {
    matrix.columns.forEach((_, j) => {
      for (const cell of matrixColumn(matrix, j)) if (!Number.isNaN(cell)) visit(cell, j % channels)
    })
  }
  overCells((cell, channel) => {
    counts[channel] = (counts[channel] as number) + 1
    sums[channel] = (sums[channel] as number) + cell
  })
  const means = sums.map((sum, channel) => sum / Math.max(1, counts[channel] as number))
  overCells((cell, channel) => {
    squares[channel] = (squares[channel] as number) + (cell - (means[channel] as number)) ** 2
  })
  const factors = squares.map((square, channel) => {
    const deviation = Math.sqrt(square / Math.max(1, counts[channel] as number))
    return deviation > 1e-7 * Math.abs(means[channel] as number) ? 1 / deviation : 0
  })
  return { means: [...means], factors: [...factors] }
}

/** A matrix row after row, scaled; missing cells are 0, the mean. */
export function scaleRows(matrix: Matrix, { means, factors }: Scaling): Float32Array {
  const [{ rows }, width] = [matrix, matrix.columns.length]
  const numbers = new Float32Array(rows * width)
  for (let j = 0; j < width; j++) {
    const cells = matrixColumn(matrix, j)
    const [mean, factor] = [means[j % means.length] as number, factors[j % factors.length] as number]
    for (let i = 0; i < rows; i++) {
      const cell = cells[i] as number
      if (!Number.isNaN(cell)) numbers[i * width + j] = (cell - mean) * factor
    }
  }
  return numbers
}
