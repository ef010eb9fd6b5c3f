import { activationCodes, type NeuralCall } from '../../../wasm/neural-kernels.ts'
import { windowRecord, type SlidingWindow } from '../../../wasm/sliding-window.ts'
import { placed, type OwnSpace } from './own-space.ts'
import type { ImageSize, Stage } from './stage.ts'

/** A window over images of a size, all but the number of images. */
type Placement = Omit<SlidingWindow, 'batch'>

/** Places a window's record and returns what fills in the number of images. */
function placedWindow({ arena }: OwnSpace, placement: Placement): (batch: number) => number {
  const address = arena.allocate(60)
  return (batch) => {
    arena.int32(address, 15).set(windowRecord({ ...placement, batch }))
    return address
  }
}

/** The window of a convolution by `size` × `size` cells that leaves images as large as they are. */
function sameSize({ height, width, channels }: ImageSize, outChannels: number, size: number): Placement {
  const before = Math.floor((size - 1) / 2)
  return {
    inHeight: height, inWidth: width, channels, outHeight: height, outWidth: width, outChannels, height: size, width: size,
    strideHeight: 1, strideWidth: 1, dilationHeight: 1, dilationWidth: 1, top: before, left: before,
  }
}

/** A convolution as `convolution` trains it, in steps of one. */
export function convolutionStage(image: ImageSize, filter: Float32Array, bias: Float32Array, size: number, activation: 'linear' | 'relu'): Stage {
  const pixels = image.height * image.width
  return {
    width: pixels * bias.length,
    room: pixels * bias.length,
    place(space) {
      const [window, filterAt, biasAt] = [placedWindow(space, sameSize(image, bias.length, size)), placed(space, filter), placed(space, bias)]
      const scratch = space.arena.allocate(space.pool.call('convolutionScratch', window(1)))
      return (input, rows) => {
        const output = space.arena.allocate(rows * pixels * bias.length * 4)
        space.pool.call('convolve', window(rows), input, filterAt, output, 0, rows * pixels, biasAt, activationCodes[activation], 0, scratch)
        return output
      }
    },
  }
}

/** A depthwise convolution as `depthwise` trains it, in steps of one. */
export function depthwiseStage(image: ImageSize, filter: Float32Array, bias: Float32Array, size: number): Stage {
  const pixels = image.height * image.width
  return {
    width: pixels * image.channels,
    room: pixels * image.channels,
    place(space) {
      const [window, filterAt, biasAt] = [placedWindow(space, sameSize(image, image.channels, size)), placed(space, filter), placed(space, bias)]
      return (input, rows) => {
        const output = space.arena.allocate(rows * pixels * image.channels * 4)
        space.pool.call('depthwise', window(rows), input, filterAt, output, 0, rows * pixels, biasAt, activationCodes.linear, 0)
        return output
      }
    },
  }
}

/** Pooling as `maxPool` and `averagePool` do it. */
export function poolingStage({ height, width, channels }: ImageSize, [high, wide]: readonly [number, number], how: 'max' | 'average'): Stage {
  const [outHeight, outWidth] = [Math.floor(height / high), Math.floor(width / wide)]
  const pixels = outHeight * outWidth
  return {
    width: pixels * channels,
    room: pixels * channels,
    place(space) {
      const window = placedWindow(space, {
        inHeight: height, inWidth: width, channels, outHeight, outWidth, outChannels: channels, height: high, width: wide,
        strideHeight: high, strideWidth: wide, dilationHeight: 1, dilationWidth: 1, top: 0, left: 0,
      })
      return (input, rows) => {
        const output = space.arena.allocate(rows * pixels * channels * 4)
        const call: NeuralCall = how === 'max' ? { kernel: 'maxPool', args: [window(rows), input, output, 0, rows * pixels] } : { kernel: 'averagePool', args: [window(rows), input, output, 0, rows * pixels, 0] }
        space.pool.together([call])
        return output
      }
    },
  }
}
