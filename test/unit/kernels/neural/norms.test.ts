import { test } from 'vitest'
import { expectClose, forSeeds, normals, numericGradient, place, pool, read, room } from './neural-bench.ts'

const EPSILON = 1e-3
const shapes = [[2, 3], [3, 7], [5, 1], [7, 17], [17, 5], [67, 3]] as const

/** (x − mean) / √(variance + ε) · γ + β over lines of cells `step` apart, in float64. */
function referenceNorm(x: ArrayLike<number>, [rows, columns]: readonly [number, number], byColumn: boolean, gamma: ArrayLike<number>, beta: ArrayLike<number>): Float64Array {
  const y = new Float64Array(rows * columns)
  for (let line = 0; line < (byColumn ? columns : rows); line++) {
    const places = Array.from({ length: byColumn ? rows : columns }, (_, k) => (byColumn ? k * columns + line : line * columns + k))
    const mean = places.reduce((sum, at) => sum + (x[at] ?? 0), 0) / places.length
    const variance = places.reduce((sum, at) => sum + ((x[at] ?? 0) - mean) ** 2, 0) / places.length
    for (const at of places) y[at] = (((x[at] ?? 0) - mean) / Math.sqrt(variance + EPSILON)) * (gamma[at % columns] ?? 0) + (beta[at % columns] ?? 0)
  }
  return y
}

/** Σ y · dy as a function of x, γ or β, and its gradients by differences. */
function differences(x: Float32Array, shape: readonly [number, number], byColumn: boolean, gamma: Float32Array, beta: Float32Array, dy: Float32Array): { dx: Float64Array; dGamma: Float64Array; dBeta: Float64Array } {
  const loss = (x: ArrayLike<number>, gamma: ArrayLike<number>, beta: ArrayLike<number>): number =>
    referenceNorm(x, shape, byColumn, gamma, beta).reduce((sum, value, at) => sum + value * (dy[at] ?? 0), 0)
  return {
    dx: numericGradient((point) => loss(point, gamma, beta), x),
    dGamma: numericGradient((point) => loss(x, point, beta), gamma),
    dBeta: numericGradient((point) => loss(x, gamma, point), beta),
  }
}

test('layer norm and its gradients, over ranges of rows', () => {
  forSeeds(2, (rng) => {
    for (const shape of shapes) {
      const [rows, columns] = shape
      const [x, gamma, beta, dy] = [normals(rng, rows * columns).map((value) => value + 3), normals(rng, columns), normals(rng, columns), normals(rng, rows * columns)]
      const [at, g, b, y, means, inverses] = [place(x), place(gamma), place(beta), room(rows * columns), room(rows), room(rows)]
      const [dx, dGamma, dBeta] = [room(rows * columns), place(new Float32Array(columns)), place(new Float32Array(columns))]
      for (const [from, to] of [[0, 1], [1, rows]] as const) {
        pool.call('layerNorm', at, from, to, columns, g, b, EPSILON, y, means, inverses)
        pool.call('layerNormGradient', at, place(dy), from, to, columns, g, means, inverses, dx, dGamma, dBeta)
      }
      expectClose(read(y, rows * columns), referenceNorm(x, shape, false, gamma, beta), 2e-6)
      if (columns === 1) continue // y is β alone: differences say 0
      const truth = differences(x, shape, false, gamma, beta, dy)
      expectClose(read(dx, rows * columns), truth.dx, 1e-4)
      expectClose(read(dGamma, columns), truth.dGamma, 1e-4)
      expectClose(read(dBeta, columns), truth.dBeta, 1e-4)
    }
  })
})

test('layer norm without γ and β', () => {
  forSeeds(1, (rng) => {
    const shape = [3, 7] as const
    const [x, dy] = [normals(rng, 21), normals(rng, 21)]
    const [at, y, means, inverses, dx] = [place(x), room(21), room(3), room(3), room(21)]
    pool.call('layerNorm', at, 0, 3, 7, 0, 0, EPSILON, y, means, inverses)
    pool.call('layerNormGradient', at, place(dy), 0, 3, 7, 0, means, inverses, dx, 0, 0)
    const [ones, zeros] = [new Float32Array(7).fill(1), new Float32Array(7)]
    expectClose(read(y, 21), referenceNorm(x, shape, false, ones, zeros), 2e-6)
    expectClose(read(dx, 21), differences(x, shape, false, ones, zeros, dy).dx, 1e-4)
  })
})

test('batch norm in training and its gradients, columns and rows shared', () => {
  forSeeds(2, (rng) => {
    for (const shape of shapes) {
      const [rows, columns] = shape
      const [x, gamma, beta, dy] = [normals(rng, rows * columns).map((value) => value + 3), normals(rng, columns), normals(rng, columns), normals(rng, rows * columns)]
      const [at, g, b, y, means, variances, inverses] = [place(x), place(gamma), place(beta), room(rows * columns), room(columns), room(columns), room(columns)]
      const [dyAt, dx, dGamma, dBeta] = [place(dy), room(rows * columns), room(columns), room(columns)]
      const cut = columns >> 1
      for (const [from, to] of [[0, cut], [cut, columns]] as const) {
        pool.call('batchMoments', at, rows, columns, from, to, means, variances)
        pool.call('inverseDeviations', variances, EPSILON, from, to, inverses)
        pool.call('batchNormSums', at, dyAt, rows, columns, from, to, means, inverses, dGamma, dBeta)
      }
      for (const [from, to] of [[0, 1], [1, rows]] as const) {
        pool.call('batchNorm', at, from, to, columns, means, inverses, g, b, y)
        pool.call('batchNormGradient', at, dyAt, rows, columns, from, to, means, inverses, g, dGamma, dBeta, dx)
      }
      expectClose(read(y, rows * columns), referenceNorm(x, shape, true, gamma, beta), 2e-6)
      const truth = differences(x, shape, true, gamma, beta, dy)
      expectClose(read(dx, rows * columns), truth.dx, 1e-4)
      expectClose(read(dGamma, columns), truth.dGamma, 1e-4)
      expectClose(read(dBeta, columns), truth.dBeta, 1e-4)
    }
  })
})
