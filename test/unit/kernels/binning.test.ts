import { expect, test } from 'vitest'
import { placeBinTables, thresholdsOf, type ColumnBins } from '../../../src/main/learn/estimators/trees/column-bins.ts'
import { referenceBin, referenceCodeBin } from './binning.reference.ts'
import { forSeeds, place, pool, room } from './kernel-bench.ts'

test('sortFloats sorts any number of floats', () => {
  forSeeds(30, (rng, seed) => {
    const n = [0, 1, 2, 3, 10, 1000][seed % 6] as number
    const values = Float32Array.from({ length: n }, () => (rng.below(10) === 0 ? (rng.below(2) === 0 ? Infinity : -Infinity) : rng.normal() * 10 ** (rng.below(60) - 30)))
    const sorted = room(n * 4)
    pool.call('sortFloats', place(values), sorted, n, room(24_576))
    expect([...pool.arena.float32(sorted, n)]).toEqual([...values].sort((a, b) => a - b))
  })
})

test('binColumns puts every value where the reference puts it: 1 to 254 thresholds, missing, infinite, codes', () => {
  forSeeds(40, (rng, seed) => {
    const rows = 1 + rng.below(150)
    const many = [1, 2, 3, 4, 7, 8, 15, 16, 31, 63, 64, 127, 128, 200, 253, 254][seed % 16] as number
    const thresholds = [...new Set(Float32Array.from({ length: many }, () => rng.normal()))].sort((a, b) => a - b)
    const binOfCode = Array.from({ length: 1 + rng.below(300) }, () => rng.below(255))
    const columns: ColumnBins[] = [
      { kind: 'numeric', thresholds: Float32Array.from(thresholds), hasMissing: true },
      { kind: 'categorical', binOfCode: Uint8Array.from(binOfCode), bins: 255, hasMissing: true },
    ]
    const odd = [NaN, Infinity, -Infinity, -0, 0, -1, 0.5, 1e30, -1e30, 2 ** 31, binOfCode.length]
    const pick = (own: () => number): number => Math.fround(rng.below(4) === 0 ? (odd[rng.below(odd.length)] as number) : own())
    const numbers = Array.from({ length: rows }, () => pick(() => (rng.below(2) === 0 ? rng.normal() : (thresholds[rng.below(thresholds.length)] as number))))
    const codes = Array.from({ length: rows }, () => pick(() => rng.below(binOfCode.length)))
    const x = place(Float32Array.from([...numbers, ...codes]))
    const stride = rows + 64
    const out = room(stride * 2)
    pool.call('binColumns', x, rows * 4, 0, rows, 2, placeBinTables(pool, columns), out, stride)
    expect([...pool.arena.bytes(out, rows)]).toEqual(numbers.map((value) => referenceBin(value, thresholds)))
    expect([...pool.arena.bytes(out + stride, rows)]).toEqual(codes.map((value) => referenceCodeBin(value, binOfCode)))
    expect([...pool.arena.bytes(out + rows, 64)]).toEqual(Array.from({ length: 64 }, () => 0xa5))
  })
})

test('interleave copies columns into bundles of sixteen and fills the rest with zeros', () => {
  forSeeds(30, (rng) => {
    const [rows, features] = [1 + rng.below(600), 1 + rng.below(40)]
    const stride = rows + 3
    const columns = Uint8Array.from({ length: stride * features }, () => rng.below(256))
    const bundles = Math.ceil(features / 16)
    const out = room(rows * 16 * bundles)
    pool.call('interleave', place(columns), stride, features, 0, rows, out, rows * 16)
    const cells = pool.arena.bytes(out, rows * 16 * bundles)
    const expected = new Uint8Array(rows * 16 * bundles)
    for (let f = 0; f < features; f++) for (let i = 0; i < rows; i++) expected[(f >> 4) * rows * 16 + i * 16 + (f & 15)] = columns[f * stride + i] as number
    expect(cells.every((cell, i) => cell === expected[i])).toBe(true)
  })
})

test('thresholds lie between distinct values, or at quantiles where there are too many', () => {
  expect([...thresholdsOf(Float32Array.from([1, 1, 2, 5]), 255)]).toEqual([1.5, 3.5])
  expect([...thresholdsOf(Float32Array.from([]), 255)]).toEqual([])
  expect([...thresholdsOf(Float32Array.from([7, 7]), 255)]).toEqual([])
  expect([...thresholdsOf(Float32Array.from([-Infinity, 0, Infinity]), 255)]).toEqual([-Infinity, 0])
  const neighbours = Float32Array.from([1, 1 + 2 ** -23])
  expect([...thresholdsOf(neighbours, 255)]).toEqual([1])
  const many = thresholdsOf(Float32Array.from({ length: 10_000 }, (_v, i) => i), 255)
  expect(many.length).toBe(254)
  expect(many.every((value, i) => i === 0 || value > (many[i - 1] as number))).toBe(true)
})
