import { test } from 'vitest'
import { activationCodes } from '../../../../src/main/wasm/neural-kernels.ts'
import { referenceActivation, type Activation } from './activation.reference.ts'
import { expectClose, forSeeds, normals, place, pool, read, room } from './neural-bench.ts'

const activations = Object.entries(activationCodes) as [Activation, number][]

test('activations of rows with and without bias equal the reference', () => {
  forSeeds(2, (rng) => {
    for (const [activation, code] of activations) {
      for (const columns of [1, 3, 7, 17]) {
        const [x, bias] = [normals(rng, 5 * columns, 3), normals(rng, columns)]
        for (const added of [undefined, bias]) {
          const at = place(x)
          pool.call('biasAndActivate', at, 1, 4, columns, added === undefined ? 0 : place(added), code, 0.2)
          const expected = x.map((value, i) => {
            const row = Math.floor(i / columns)
            return row < 1 || row >= 4 ? value : referenceActivation(activation, value + (added?.[i % columns] ?? 0), 0.2)
          })
          expectClose(read(at, x.length), expected, 1e-6)
        }
      }
    }
  })
})

test('gradients of activations, from their outputs, agree with differences of the reference', () => {
  forSeeds(2, (rng) => {
    for (const [activation, code] of activations) {
      for (const length of [0, 1, 3, 65]) {
        const kinks = [0, 6, -2.5, 2.5] // of relu, relu6 and the hard sigmoid: differences across them say nothing
        const x = normals(rng, length, 3).map((value) => (kinks.some((kink) => Math.abs(value - kink) < 1e-3) ? 1 : value))
        const dy = normals(rng, length)
        const dx = room(length)
        pool.call('activationGradient', place(x.map((value) => referenceActivation(activation, value, 0.2))), place(dy), dx, 0, length, code, 0.2)
        const differences = x.map((value, i) => {
          const moved = (by: number): number => referenceActivation(activation, value + by, 0.2)
          return ((dy[i] ?? 0) * (moved(1e-5) - moved(-1e-5))) / 2e-5
        })
        expectClose(read(dx, length), differences, 1e-4)
      }
    }
  })
})
