import { cast, concat, gather, matMul, oneHot, reshape, slice, split, type Tensor, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core'
import { hasKernel, runKernel } from '../run-kernel.ts'
import { uniformNumbers } from './dense.ts'
import type { Parameter } from './layer.ts'

/** A column of classes as a network sees it: a vector of `width` numbers per class. */
export type EmbeddedColumn = { readonly name: string; readonly classes: number; readonly width: number }

/** Rows as they come: numbers [rows, numbers], and class numbers [rows, columns] (int32) where there are embedded columns. */
export type Batch = { readonly numbers: Tensor; readonly codes?: Tensor | undefined }

/** The first part of a network: the numbers as they are, beside the learnt vectors of the classes. */
export type Stem = {
  readonly parameters: readonly Parameter[]
  /** Columns that it gives. */
  readonly width: number
  forward(batch: Batch, weights: readonly Tensor[]): Tensor
  /** Gradients by the tables from that by the output. */
  backward(batch: Batch, gradient: Tensor): readonly Tensor[]
}

/** A stem over `numbers` numeric columns and embedded ones. */
export function embedding(numbers: number, columns: readonly EmbeddedColumn[]): Stem {
  const codesOf = (batch: Batch, column: number): Tensor1D => {
    const { codes } = batch
    if (codes === undefined) throw new Error('A batch without classes for embedded columns')
    return reshape(slice(codes as Tensor2D, [0, column], [-1, 1]), [-1])
  }
  return {
    width: numbers + columns.reduce((sum, { width }) => sum + width, 0),
    parameters: columns.map(({ name, classes, width }) => ({
      name, shape: [classes, width], decays: false, initial: (rng) => uniformNumbers(rng, classes * width, 1 / Math.sqrt(width)),
    })),
    forward(batch, tables) {
      if (columns.length === 0) return batch.numbers
      const vectors = tables.map((table, column) => gather(table, codesOf(batch, column)))
      return concat(numbers === 0 ? vectors : [batch.numbers, ...vectors], 1)
    },
    backward(batch, gradient) {
      if (columns.length === 0) return []
      const parts = split(gradient, [...(numbers === 0 ? [] : [numbers]), ...columns.map(({ width }) => width)], 1).slice(numbers === 0 ? 0 : 1)
      return columns.map(({ classes }, column) => sumPerClass(parts[column] as Tensor, codesOf(batch, column), classes))
    },
  }
}

/** Row c is the sum of the rows of class c. */
function sumPerClass(rows: Tensor, codes: Tensor1D, classes: number): Tensor {
  if (hasKernel('UnsortedSegmentSum')) return runKernel('UnsortedSegmentSum', { x: rows, segmentIds: codes }, { numSegments: classes })
  return matMul(cast(oneHot(codes, classes), 'float32') as Tensor2D, rows as Tensor2D, true, false)
}
