import { expect, test } from 'vitest'
import { referenceCrossEntropy, referenceSigmoidCrossEntropy, referenceSoftmax } from './cross-entropy.reference.ts'
import { expectClose, forSeeds, normals, numericGradient, place, pool, read, room, scratch } from './neural-bench.ts'

const shapes = [[1, 1], [3, 2], [7, 3], [5, 17], [2, 65], [0, 4]] as const
const rowOf = (values: Float32Array, row: number, width: number): Float32Array => values.subarray(row * width, (row + 1) * width)
const aside = scratch(65 * 4)

test('softmax of rows, in place as well, and its gradient', () => {
  forSeeds(2, (rng) => {
    for (const [rows, classes] of shapes) {
      const [x, dy] = [normals(rng, rows * classes, 3), normals(rng, rows * classes)]
      const [y, dx] = [place(x), room(rows * classes)]
      pool.call('softmax', y, 0, rows, classes, y)
      pool.call('softmaxGradient', y, place(dy), 0, rows, classes, dx)
      for (let i = 0; i < rows; i++) {
        expectClose(rowOf(read(y, rows * classes), i, classes), referenceSoftmax(rowOf(x, i, classes)), 1e-6)
        const loss = (scores: Float64Array): number => referenceSoftmax(scores).reduce((sum, value, k) => sum + value * (dy[i * classes + k] ?? 0), 0)
        const differences = numericGradient(loss, rowOf(x, i, classes))
        if (classes > 1) expectClose(rowOf(read(dx, rows * classes), i, classes), differences, 1e-4)
      }
    }
  })
})

test('cross-entropy of class indices: losses and gradients, with and without weights, and rows without a label', () => {
  forSeeds(2, (rng) => {
    for (const [rows, classes] of shapes) {
      const scores = normals(rng, rows * classes, 3)
      const labels = Int32Array.from({ length: rows }, (_, i) => (i === 2 ? -1 : rng.below(classes)))
      for (const weights of [undefined, normals(rng, rows).map(Math.abs)]) {
        const [at, own, factor] = [place(scores), place(labels), weights === undefined ? 0 : place(weights)]
        const [losses, gradient, only] = [room(rows), room(rows * classes), room(rows)]
        pool.call('softmaxCrossEntropy', at, own, factor, 0, rows, classes, losses, gradient, 0)
        pool.call('softmaxCrossEntropy', at, own, factor, 0, rows, classes, only, 0, aside)
        expect(read(only, rows)).toEqual(read(losses, rows))
        for (let i = 0; i < rows; i++) {
          const label = labels[i] ?? -1
          const targets = Array.from({ length: classes }, (_, k) => (k === label ? (weights?.[i] ?? 1) : 0))
          expectClose([read(losses, rows)[i] ?? Number.NaN], [referenceCrossEntropy(rowOf(scores, i, classes), targets)], classes === 1 ? Infinity : 1e-5)
          const differences = numericGradient((point) => referenceCrossEntropy(point, targets), rowOf(scores, i, classes))
          if (classes > 1) expectClose(rowOf(read(gradient, rows * classes), i, classes), differences, 1e-4)
        }
      }
    }
  })
})

test('cross-entropy of probabilities: losses and gradients, also where they do not add up to one', () => {
  forSeeds(2, (rng) => {
    for (const [rows, classes] of shapes) {
      const [scores, targets] = [normals(rng, rows * classes, 3), normals(rng, rows * classes).map((value) => Math.max(0, value) / classes)]
      const [losses, gradient, only, weights] = [room(rows), room(rows * classes), room(rows), place(new Float32Array(rows).fill(0.5))]
      pool.call('softmaxCrossEntropyDense', place(scores), place(targets), weights, 0, rows, classes, losses, gradient, 0)
      pool.call('softmaxCrossEntropyDense', place(scores), place(targets), weights, 0, rows, classes, only, 0, aside)
      expect(read(only, rows)).toEqual(read(losses, rows))
      for (let i = 0; i < rows; i++) {
        const loss = (point: ArrayLike<number>): number => 0.5 * referenceCrossEntropy(point, rowOf(targets, i, classes))
        if (classes === 1) continue
        expectClose([read(losses, rows)[i] ?? Number.NaN], [loss(rowOf(scores, i, classes))], 1e-5)
        expectClose(rowOf(read(gradient, rows * classes), i, classes), numericGradient(loss, rowOf(scores, i, classes)), 1e-4)
      }
    }
  })
})

test('scores far out neither overflow nor lose the loss', () => {
  const [scores, losses, gradient] = [place(Float32Array.of(1000, -1000, 0, -Infinity, 5, 5)), room(2), room(6)]
  pool.call('softmaxCrossEntropy', scores, place(Int32Array.of(1, 2)), 0, 0, 2, 3, losses, gradient, 0)
  expectClose(read(losses, 2), [2000, Math.log(2)], 1e-6)
  expectClose(read(gradient, 6), [1, -1, 0, 0, 0.5, -0.5], 1e-6)
})

test('sigmoid cross-entropy: losses and gradients of each element', () => {
  forSeeds(2, (rng) => {
    for (const length of [0, 1, 2, 3, 17]) {
      const [scores, targets] = [normals(rng, length, 4), Float32Array.from({ length }, () => rng.uniform())]
      for (const weights of [undefined, normals(rng, length).map(Math.abs)]) {
        const [losses, gradient] = [room(length), room(length)]
        pool.call('sigmoidCrossEntropy', place(scores), place(targets), weights === undefined ? 0 : place(weights), 0, length, losses, gradient)
        const loss = (score: number, i: number): number => (weights?.[i] ?? 1) * referenceSigmoidCrossEntropy(score, targets[i] ?? 0)
        expectClose(read(losses, length), scores.map(loss), 1e-6)
        expectClose(read(gradient, length), Float64Array.from(scores, (score, i) => (loss(score + 1e-5, i) - loss(score - 1e-5, i)) / 2e-5), 1e-4)
      }
    }
  })
})
