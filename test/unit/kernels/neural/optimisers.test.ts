import { expect, test } from 'vitest'
import { arena, expectClose, forSeeds, normals, place, pool, read } from './neural-bench.ts'

const lengths = [1, 3, 7, 17, 65]

/** Adam as in its paper, with decoupled decay, in float64. */
function referenceAdam(p: number, gradients: readonly number[], { rate, beta1, beta2, epsilon, decay }: Readonly<Record<'rate' | 'beta1' | 'beta2' | 'epsilon' | 'decay', number>>): number {
  let [parameter, m, v] = [p, 0, 0]
  for (const [step, g] of gradients.entries()) {
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g * g
    const [first, second] = [m / (1 - beta1 ** (step + 1)), v / (1 - beta2 ** (step + 1))]
    parameter -= rate * decay * parameter + (rate * first) / (Math.sqrt(second) + epsilon)
  }
  return parameter
}

test('steps of Adam and AdamW follow the formula, each element by itself', () => {
  forSeeds(2, (rng) => {
    for (const length of lengths) {
      for (const decay of [0, 0.1]) {
        const settings = { rate: 0.01, beta1: 0.9, beta2: 0.99, epsilon: 1e-7, decay }
        const start = normals(rng, length)
        const gradients = Array.from({ length: 5 }, () => normals(rng, length))
        const [p, m, v] = [place(start), place(new Float32Array(length)), place(new Float32Array(length))]
        for (const [step, gradient] of gradients.entries()) {
          const g = place(gradient.map((value) => value * 4))
          const [c1, c2] = [1 / (1 - 0.9 ** (step + 1)), 1 / (1 - 0.99 ** (step + 1))]
          for (const [from, to] of [[0, length >> 1], [length >> 1, length]] as const) pool.call('adam', p, g, m, v, from, to, 0.01, 0.9, 0.99, 1e-7, c1, c2, decay, 0.25)
        }
        expectClose(read(p, length), start.map((value, i) => referenceAdam(value, gradients.map((gradient) => gradient[i] ?? 0), settings)), 1e-6)
      }
    }
  })
})

test('gradient descent: plain, with momentum, with Nesterov momentum, with decay', () => {
  forSeeds(2, (rng) => {
    for (const length of lengths) {
      for (const [momentum, nesterov, decay] of [[0, 0, 0], [0.9, 0, 0.1], [0.9, 1, 0]] as const) {
        const start = normals(rng, length)
        const gradients = Array.from({ length: 4 }, () => normals(rng, length))
        const [p, a] = [place(start), momentum === 0 ? 0 : place(new Float32Array(length))]
        for (const gradient of gradients) pool.call('momentumDescent', p, place(gradient), a, 0, length, 0.1, momentum, nesterov, decay, 0.5)
        const expected = start.map((value, i) => {
          let [parameter, velocity] = [value, 0]
          for (const gradient of gradients) {
            const g = 0.5 * (gradient[i] ?? 0) + decay * parameter
            velocity = momentum * velocity + g
            parameter -= 0.1 * (nesterov === 1 ? g + momentum * velocity : velocity)
          }
          return parameter
        })
        expectClose(read(p, length), expected, 1e-6)
      }
    }
  })
})

test('moments that have decayed below the normal numbers are zero; what is not a number stays so', () => {
  const [m, v, p] = [place(Float32Array.of(1.2e-38, -1.2e-38, 1e-3)), place(Float32Array.of(1e-39, 0, 1)), place(Float32Array.of(1, 2, 3))]
  pool.call('adam', p, place(Float32Array.of(0, 0, Number.NaN)), m, v, 0, 3, 0.01, 0.9, 0.99, 1e-7, 1, 1, 0, 1)
  expect([...read(m, 3), ...read(v, 3)]).toEqual([0, 0, Number.NaN, 0, 0, Number.NaN])
  expect([...read(p, 3)]).toEqual([1, 2, Number.NaN])
})

test('no elements, no step', () => {
  const p = place(Float32Array.of(1))
  pool.call('adam', p, p, p, p, 0, 0, 1, 0.9, 0.9, 1, 1, 1, 0, 1)
  pool.call('momentumDescent', p, p, p, 1, 1, 1, 0.9, 0, 0, 1)
  expect([...arena.float32(p, 1)]).toEqual([1])
})
