import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRng } from '../../../../src/main/base/rng.ts'
import { createFolds } from '../../../../src/main/learn/tuning/folds.ts'
import { classTarget, numberTarget } from '../estimators/made-data.ts'

describe('folds', () => {
  test('every row is in exactly one test part of a repeat, and in the training part of the others', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3), { minLength: 2, maxLength: 60 }), fc.integer({ min: 2, max: 7 }), (codes, count) => {
        const folds = createFolds(classTarget(codes, ['a', 'b', 'c', 'd']), { folds: count, repeats: 2 }, createRng(1))
        for (const repeat of [0, 1]) {
          const own = folds.filter((fold) => fold.repeat === repeat)
          expect(own.flatMap(({ test }) => [...test]).toSorted((a, b) => a - b)).toEqual(codes.map((_, row) => row))
          for (const { train, test } of own) expect([...train, ...test].toSorted((a, b) => a - b)).toEqual(codes.map((_, row) => row))
        }
      }),
    )
  })

  test('hold their share of every class, and of small and large values', () => {
    const codes = Array.from({ length: 103 }, (_, i) => (i < 10 ? 1 : 0))
    for (const { test } of createFolds(classTarget(codes, ['n', 'y']), { folds: 5, repeats: 1 }, createRng(2))) {
      const positives = test.reduce((sum, row) => sum + (codes[row] ?? 0), 0)
      expect(positives).toBeGreaterThanOrEqual(1)
      expect(positives).toBeLessThanOrEqual(3)
      expect(Math.abs(test.length - 20.6)).toBeLessThan(1)
    }
    const values = Array.from({ length: 100 }, (_, i) => i)
    for (const { test } of createFolds(numberTarget(values), { folds: 5, repeats: 1 }, createRng(2))) {
      const mean = test.reduce((sum, row) => sum + (values[row] ?? 0), 0) / test.length
      expect(Math.abs(mean - 49.5)).toBeLessThan(2)
    }
  })

  test('are the same for the same seed and differ between repeats', () => {
    const target = numberTarget(Array.from({ length: 50 }, (_, i) => (i * 7) % 50))
    const make = (seed: number) => createFolds(target, { folds: 5, repeats: 2 }, createRng(seed))
    expect(make(3)).toEqual(make(3))
    expect(make(3)).not.toEqual(make(4))
    expect(make(3)[0]?.test).not.toEqual(make(3)[5]?.test)
  })
})
