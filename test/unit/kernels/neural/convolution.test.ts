import { test } from 'vitest'
import { activationCodes } from '../../../../src/main/wasm/neural-kernels.ts'
import { windowRecord, type SlidingWindow } from '../../../../src/main/wasm/sliding-window.ts'
import { referenceActivation } from './activation.reference.ts'
import { arena, expectClose, forSeeds, normals, numericGradient, place, pool, read, room, scratch } from './neural-bench.ts'
import { placements, windowOver } from './sliding-windows.ts'
import { referenceConvolution, referenceConvolutionGradients, sizesOf } from './window.reference.ts'

const channelCounts = [[1, 1], [3, 7], [1, 17], [17, 3], [4, 8]] as const

function forWindows(body: (w: SlidingWindow) => void): void {
  for (const [size, placement] of placements) {
    for (const [channels, outChannels] of size[1] > 20 ? ([[3, 7]] as const) : channelCounts) {
      const mark = arena.mark()
      body(windowOver([...size, channels], outChannels, placement))
      arena.release(mark)
    }
  }
}

test('convolutions of every placement, with bias and activation, in one piece and in two', () => {
  forSeeds(1, (rng) => {
    forWindows((w) => {
      const sizes = sizesOf(w)
      const [x, f, bias] = [normals(rng, sizes.x), normals(rng, sizes.f), normals(rng, w.outChannels)]
      const record = place(windowRecord(w))
      const space = scratch(pool.call('convolutionScratch', record))
      const [xAt, fAt, biasAt] = [place(x), place(f), place(bias)]
      const plain = referenceConvolution(w, false, x, f)
      const pixels = sizes.y / w.outChannels
      for (const cut of [0, pixels >> 1]) {
        const [y, finished] = [room(sizes.y), room(sizes.y)]
        for (const [from, to] of [[0, cut], [cut, pixels]] as const) {
          pool.call('convolve', record, xAt, fAt, y, from, to, 0, activationCodes.linear, 0, space)
          pool.call('convolve', record, xAt, fAt, finished, from, to, biasAt, activationCodes.leakyrelu, 0.1, space)
        }
        expectClose(read(y, sizes.y), plain)
        expectClose(read(finished, sizes.y), plain.map((value, at) => referenceActivation('leakyrelu', value + (bias[at % w.outChannels] ?? 0), 0.1)))
      }
    })
  })
})

test('gradients of convolutions by input and by filter, threads with parts of their own', () => {
  forSeeds(1, (rng) => {
    forWindows((w) => {
      const sizes = sizesOf(w)
      const [x, f, dy] = [normals(rng, sizes.x), normals(rng, sizes.f), normals(rng, sizes.y)]
      const record = place(windowRecord(w))
      const space = scratch(pool.call('convolutionScratch', record))
      const [xAt, fAt, dyAt, dx] = [place(x), place(f), place(dy), room(sizes.x)]
      const [one, other] = [place(new Float32Array(sizes.f)), place(new Float32Array(sizes.f))]
      const [pixels, images] = [sizes.y / w.outChannels, w.batch >> 1]
      pool.call('convolutionFilterGradient', record, xAt, dyAt, one, 0, pixels >> 1, space)
      pool.call('convolutionFilterGradient', record, xAt, dyAt, other, pixels >> 1, pixels, space)
      pool.call('addScaled', one, other, 0, sizes.f, 1)
      pool.call('convolutionInputGradient', record, dyAt, fAt, dx, 0, images, space)
      pool.call('convolutionInputGradient', record, dyAt, fAt, dx, images, w.batch, space)
      const truth = referenceConvolutionGradients(w, false, x, f, dy)
      expectClose(read(dx, sizes.x), truth.dx)
      expectClose(read(one, sizes.f), truth.df)
    })
  })
})

test('the gradients of the reference agree with differences of its convolution', () => {
  forSeeds(1, (rng) => {
    for (const depthwise of [false, true]) {
      const w = windowOver([2, 4, 5, 2], 4, { window: [3, 2], stride: [2, 1], dilation: [1, 2], pad: [1, 0, 1, 2] })
      const sizes = sizesOf(w, depthwise)
      const [x, f, dy] = [normals(rng, sizes.x), normals(rng, sizes.f), normals(rng, sizes.y)]
      const loss = (x: ArrayLike<number>, f: ArrayLike<number>): number => referenceConvolution(w, depthwise, x, f).reduce((sum, value, at) => sum + value * (dy[at] ?? 0), 0)
      const { dx, df } = referenceConvolutionGradients(w, depthwise, x, f, dy)
      expectClose(dx, numericGradient((point) => loss(point, f), x), 1e-6)
      expectClose(df, numericGradient((point) => loss(x, point), f), 1e-6)
    }
  })
})

test('an image whose patches take several blocks', () => {
  forSeeds(1, (rng) => {
    const w = windowOver([2, 40, 40, 12], 5, { window: [5, 5] })
    const sizes = sizesOf(w)
    const [x, f, dy] = [normals(rng, sizes.x), normals(rng, sizes.f), normals(rng, sizes.y)]
    const record = place(windowRecord(w))
    const space = scratch(pool.call('convolutionScratch', record))
    const [y, dx, df] = [room(sizes.y), room(sizes.x), place(new Float32Array(sizes.f))]
    const [xAt, fAt, dyAt] = [place(x), place(f), place(dy)]
    pool.call('convolve', record, xAt, fAt, y, 0, 3200, 0, 0, 0, space)
    pool.call('convolutionFilterGradient', record, xAt, dyAt, df, 0, 3200, space)
    pool.call('convolutionInputGradient', record, dyAt, fAt, dx, 0, 2, space)
    const truth = referenceConvolutionGradients(w, false, x, f, dy)
    expectClose(read(y, sizes.y), referenceConvolution(w, false, x, f))
    expectClose(read(dx, sizes.x), truth.dx)
    expectClose(read(df, sizes.f), truth.df)
  })
})
