import { referenceActivation, type Activation } from './activation.reference.ts'

/** A matrix by its cells. */
export type Cells = (row: number, column: number) => number

/** activation(start + A · B + bias), row after row, in float64. */
export function referenceProduct(
  shape: { readonly rows: number; readonly columns: number; readonly depth: number }, a: Cells, b: Cells,
  { start = () => 0, bias, activation = 'linear', alpha = 0 }: { readonly start?: Cells; readonly bias?: Float32Array; readonly activation?: Activation; readonly alpha?: number } = {},
): Float64Array {
  return Float64Array.from({ length: shape.rows * shape.columns }, (_, at) => {
    const [i, j] = [Math.floor(at / shape.columns), at % shape.columns]
    let sum = start(i, j)
    for (let k = 0; k < shape.depth; k++) sum += a(i, k) * b(k, j)
    return referenceActivation(activation, sum + (bias?.[j] ?? 0), alpha)
  })
}
