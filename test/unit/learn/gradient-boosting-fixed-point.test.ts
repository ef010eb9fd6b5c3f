import { expect, test } from 'vitest'
import { quantise, safeScales } from '../../../src/main/learn/estimators/gradient-boosting/fixed-point.ts'

const [GRADIENTS, HESSIANS] = [2 ** 31, 2 ** 32]

test('the first scales hold any rows whose gradients and hessians are at most 1', () => {
  for (const rows of [1, 7, 1_000_000, 3_000_000, 500_000_000]) {
    const { gradient, hessian } = safeScales(rows)
    expect(gradient * rows).toBeLessThan(GRADIENTS)
    expect(hessian * rows).toBeLessThan(HESSIANS)
  }
})

test('sums that would leave a cell are counted again in larger units; the next round uses the room that is left', () => {
  const truth = { gradient: 5_000_000, hessian: 1000 } // Σ|g| and Σh as numbers
  const calls: number[] = []
  const { used, next } = quantise({ gradient: 1000, hessian: 10 }, (scales) => {
    calls.push(scales.gradient)
    return { gradient: truth.gradient * scales.gradient, hessian: truth.hessian * scales.hessian }
  })
  expect(calls.length).toBe(2)
  expect(calls[1]).toBe(used.gradient)
  expect(used.hessian).toBe(10)
  for (const scales of [used, next]) {
    expect(truth.gradient * scales.gradient).toBeLessThan(GRADIENTS)
    expect(truth.hessian * scales.hessian).toBeLessThan(HESSIANS)
  }
  expect(truth.gradient * next.gradient).toBeGreaterThan(GRADIENTS / 2)
  expect(truth.hessian * next.hessian).toBeGreaterThan(HESSIANS / 2)
})

test('gradients that are all zero leave the scale as it is', () => {
  const { used, next } = quantise({ gradient: 5, hessian: 6 }, () => ({ gradient: 0, hessian: 0 }))
  expect([used, next]).toEqual([{ gradient: 5, hessian: 6 }, { gradient: 5, hessian: 6 }])
})
