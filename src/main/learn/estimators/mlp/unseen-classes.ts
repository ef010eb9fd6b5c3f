import type { ColumnEncoding } from './encode.ts'

/**
 * Weights in which a class that no row had (one more stands for what is missing or unseen) has the mean vector of the others, each counted by its rows, in place of
 * what chance began with. `codes` are those of `chosen` rows, or of all, row after row; the vectors are the first of the weights.
 */
export function meanForUnseen(weights: readonly Float32Array[], encoding: readonly ColumnEncoding[], codes: Int32Array, chosen: Int32Array | undefined): readonly Float32Array[] {
  const sizes = encoding.flatMap((column) => (column.kind === 'classes' ? [column.classes + 1] : []))
  const rows = chosen ?? Int32Array.from({ length: sizes.length === 0 ? 0 : codes.length / sizes.length }, (_, row) => row)
  return weights.map((values, column) => {
    const classes = sizes[column]
    if (classes === undefined) return values
    const counts = new Float64Array(classes)
    for (const row of rows) {
      const code = codes[row * sizes.length + column] as number
      counts[code] = (counts[code] as number) + 1
    }
    return filled(values, counts, rows.length)
  })
}

function filled(values: Float32Array, counts: Float64Array, rows: number): Float32Array {
  const width = values.length / counts.length
  const mean = new Float64Array(width)
  values.forEach((value, at) => {
    mean[at % width] = (mean[at % width] as number) + (value * (counts[Math.floor(at / width)] as number)) / Math.max(1, rows)
  })
  return values.map((value, at) => ((counts[Math.floor(at / width)] as number) > 0 ? value : (mean[at % width] as number)))
}
