import { test } from 'vitest'
import { activationCodes } from '../../../../src/main/wasm/neural-kernels.ts'
import { windowRecord } from '../../../../src/main/wasm/sliding-window.ts'
import { referenceActivation } from './activation.reference.ts'
import { arena, expectClose, forSeeds, normals, place, pool, read, room } from './neural-bench.ts'
import { placements, windowOver } from './sliding-windows.ts'
import { referenceConvolution, referenceConvolutionGradients, sizesOf } from './window.reference.ts'

test('depthwise convolutions and both gradients, of every placement, with one filter per channel and with several', () => {
  forSeeds(1, (rng) => {
    for (const [size, placement] of placements) {
      for (const [channels, multiplier] of [[1, 1], [7, 1], [17, 1], [1, 3], [3, 2]] as const) {
        const mark = arena.mark()
        const w = windowOver([...size, channels], channels * multiplier, placement)
        const sizes = sizesOf(w, true)
        const [x, f, dy, bias] = [normals(rng, sizes.x), normals(rng, sizes.f), normals(rng, sizes.y), normals(rng, w.outChannels)]
        const [record, xAt, fAt, dyAt, biasAt] = [place(windowRecord(w)), place(x), place(f), place(dy), place(bias)]
        const [y, finished, dx, df] = [room(sizes.y), room(sizes.y), room(sizes.x), place(new Float32Array(sizes.f))]
        const pixels = sizes.y / w.outChannels
        for (const [from, to] of [[0, Math.floor(pixels / 3)], [Math.floor(pixels / 3), pixels]] as const) {
          pool.call('depthwise', record, xAt, fAt, y, from, to, 0, activationCodes.linear, 0)
          pool.call('depthwise', record, xAt, fAt, finished, from, to, biasAt, activationCodes.relu6, 0)
          pool.call('depthwiseFilterGradient', record, xAt, dyAt, df, from, to)
        }
        for (const [from, to] of [[0, w.batch >> 1], [w.batch >> 1, w.batch]] as const) pool.call('depthwiseInputGradient', record, dyAt, fAt, dx, from, to)
        const plain = referenceConvolution(w, true, x, f)
        const truth = referenceConvolutionGradients(w, true, x, f, dy)
        expectClose(read(y, sizes.y), plain)
        expectClose(read(finished, sizes.y), plain.map((value, at) => referenceActivation('relu6', value + (bias[at % w.outChannels] ?? 0))))
        expectClose(read(dx, sizes.x), truth.dx)
        expectClose(read(df, sizes.f), truth.df)
        arena.release(mark)
      }
    }
  })
})
