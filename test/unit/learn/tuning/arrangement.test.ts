import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRng } from '../../../../src/main/base/rng.ts'
import { assignGroups, countGroups } from '../../../../src/main/learn/tuning/assign-groups.ts'
import { createFolds } from '../../../../src/main/learn/tuning/folds.ts'
import type { Target } from '../../../../src/main/table/matrix.ts'

const anyGroups = fc.array(fc.tuple(fc.nat(30), fc.nat(2)), { minLength: 1, maxLength: 200 })

describe('assignGroups', () => {
  it('gives every group one side, the same for the same seed, and leaves no side empty', () => {
    fc.assert(
      fc.property(anyGroups, fc.integer({ min: 2, max: 5 }), fc.nat(), (rows, sides, seed) => {
        const names = [...new Set(rows.map(([group]) => group))]
        const codes = Int32Array.from(rows, ([group]) => names.indexOf(group))
        const counted = countGroups(codes, names.length, Int32Array.from(rows, ([, kind]) => kind), 3)
        const shares = Array.from({ length: sides }, () => 1 / sides)
        const given = assignGroups(counted, shares, createRng(seed))
        expect(assignGroups(counted, shares, createRng(seed))).toEqual(given)
        expect(new Set(given).size).toBe(Math.min(sides, names.length))
      }),
    )
  })

  it('balances many small groups to within a few rows', () => {
    const codes = Int32Array.from({ length: 3000 }, (_, row) => Math.floor(row / 3))
    const classes = Int32Array.from({ length: 3000 }, (_, row) => (row % 10 === 0 ? 1 : 0))
    const sides = assignGroups(countGroups(codes, 1000, classes, 2), [0.8, 0.2], createRng(1))
    const held = codes.reduce((sum, group) => sum + (sides[group] as number), 0)
    const rare = codes.reduce((sum, group, row) => sum + (sides[group] as number) * (classes[row] as number), 0)
    expect(Math.abs(held - 600)).toBeLessThanOrEqual(3)
    expect(Math.abs(rare - 60)).toBeLessThanOrEqual(1)
  })
})

describe('createFolds of arranged rows', () => {
  const target = (rows: number): Target => ({ kind: 'classes', codes: Int32Array.from({ length: rows }, (_, row) => row % 2), classes: ['a', 'b'] })

  it('keeps groups whole and tests every row once', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(12), { minLength: 4, maxLength: 120 }), fc.nat(), (groups, seed) => {
        const codes = Int32Array.from(groups)
        const folds = createFolds(target(groups.length), { folds: 3, repeats: 1 }, createRng(seed), { kind: 'groups', codes })
        for (const { train, test } of folds) {
          const seen = new Set([...train].map((row) => codes[row]))
          expect([...test].filter((row) => seen.has(codes[row]))).toEqual([])
        }
        if (new Set(groups).size > 1) expect(folds.flatMap(({ test }) => [...test]).toSorted((a, b) => a - b)).toEqual(groups.map((_, row) => row))
      }),
    )
  })

  it('learns from earlier rows only, once, and never tests rows without a moment', () => {
    const values = Float64Array.from({ length: 60 }, (_, row) => (row === 7 ? Number.NaN : Math.floor(((row * 17) % 60) / 2)))
    const folds = createFolds(target(60), { folds: 4, repeats: 3 }, createRng(5), { kind: 'time', values })
    expect(folds).toHaveLength(4)
    for (const { train, test } of folds) {
      const latest = Math.max(...[...train].filter((row) => row !== 7).map((row) => values[row] as number))
      expect(Math.min(...[...test].map((row) => values[row] as number))).toBeGreaterThan(latest)
      expect([...test]).not.toContain(7)
    }
  })
})
