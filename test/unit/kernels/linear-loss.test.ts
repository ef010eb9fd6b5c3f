import { expect, test } from 'vitest'
import { logisticLoss, softmaxLoss } from '../../../src/main/learn/estimators/linear/class-loss.ts'
import { forSeeds, place, pool } from './kernel-bench.ts'

/** log Σ_k e^score_k − score of the code, and its derivatives, in plain arithmetic. */
function plainly(scores: readonly number[], code: number): { readonly loss: number; readonly derivatives: number[] } {
  const top = Math.max(...scores)
  const norm = scores.reduce((sum, score) => sum + Math.exp(score - top), 0)
  return { loss: Math.log(norm) + top - (scores[code] ?? 0), derivatives: scores.map((score, k) => Math.exp(score - top) / norm - (k === code ? 1 : 0)) }
}

test('the softmax loss and its derivatives are those of plain arithmetic to rounding, from small scores to huge ones', () => {
  forSeeds(3, (rng) => {
    for (const [rows, outputs] of [[1, 2], [7, 3], [1025, 4], [2050, 2]] as const) {
      const codes = Int32Array.from({ length: rows }, () => rng.below(outputs))
      const scores = Float64Array.from({ length: rows * outputs }, () => rng.normal() * 10 ** (rng.below(6) - 2))
      const weights = Float64Array.from({ length: rows }, () => rng.below(3) / 2)
      const residual = new Float64Array(rows * outputs)
      const total = softmaxLoss(codes, outputs, pool).total(scores, weights, residual)
      let expected = 0
      for (let i = 0; i < rows; i++) {
        const { loss, derivatives } = plainly(Array.from({ length: outputs }, (_, k) => scores[k * rows + i] ?? 0), codes[i] ?? 0)
        expected += loss * (weights[i] ?? 0)
        derivatives.forEach((value, k) => {
          expect(Math.abs((residual[k * rows + i] ?? Number.NaN) - value * (weights[i] ?? 0))).toBeLessThan(1e-14)
        })
      }
      expect(Math.abs(total - expected)).toBeLessThanOrEqual(1e-12 * (1 + Math.abs(expected)))
    }
  })
})

test('the logistic loss is the softmax loss of the score and 0', () => {
  forSeeds(3, (rng) => {
    const rows = 1500 + rng.below(600)
    const codes = Int32Array.from({ length: rows }, () => rng.below(2))
    const scores = Float64Array.from({ length: rows }, () => rng.normal() * 10 ** (rng.below(6) - 2))
    const weights = new Float64Array(rows).fill(1)
    const [one, two] = [new Float64Array(rows), new Float64Array(2 * rows)]
    const total = logisticLoss(codes, pool).total(scores, weights, one)
    const both = Float64Array.from({ length: 2 * rows }, (_, at) => (at < rows ? 0 : (scores[at - rows] ?? 0)))
    expect(Math.abs(total / softmaxLoss(codes, 2, pool).total(both, weights, two) - 1)).toBeLessThan(1e-13)
    one.forEach((value, i) => {
      expect(Math.abs(value - (two[rows + i] ?? Number.NaN))).toBeLessThan(1e-14)
    })
  })
})

test('scores that are not numbers give a loss that is none', () => {
  const codes = Int32Array.of(0, 1, 0)
  expect(logisticLoss(codes, pool).total(Float64Array.of(1, Number.NaN, 2), new Float64Array(3).fill(1), new Float64Array(3))).toBeNaN()
  const scores = Float64Array.of(1, 1, 1, 1, Number.NaN, 1, 1, 1, 1)
  expect(softmaxLoss(Int32Array.of(0, 2, 1), 3, pool).total(scores, new Float64Array(3).fill(1), new Float64Array(9))).toBeNaN()
})

test('sums of columns around a shift do not depend on who takes the others, and show a cell that is not finite', () => {
  forSeeds(3, (rng) => {
    for (const rows of [1, 8, 29]) {
      const cells = Float32Array.from({ length: rows * 3 }, () => 1e3 + rng.normal())
      const shifts = pool.arena.float64(pool.arena.allocate(24), 3).fill(1e3)
      const [whole, parts] = [pool.arena.float64(pool.arena.allocate(48), 6), pool.arena.float64(pool.arena.allocate(48), 6)]
      const at = place(cells)
      pool.call('columnSums', at, rows, shifts.byteOffset, 0, 3, whole.byteOffset)
      for (let j = 0; j < 3; j++) pool.call('columnSums', at, rows, shifts.byteOffset, j, j + 1, parts.byteOffset)
      expect(parts).toEqual(whole)
      for (let j = 0; j < 3; j++) {
        const own = [...cells.subarray(j * rows, (j + 1) * rows)].map((x) => x - 1e3)
        expect(whole[2 * j]).toBeCloseTo(own.reduce((sum, x) => sum + x, 0), 9)
        expect(whole[2 * j + 1]).toBeCloseTo(own.reduce((sum, x) => sum + x * x, 0), 9)
      }
      pool.call('columnSums', place(cells.fill(Infinity, rows, rows + 1)), rows, shifts.byteOffset, 1, 2, whole.byteOffset)
      expect(Number.isFinite(whole[2])).toBe(false)
    }
  })
})
