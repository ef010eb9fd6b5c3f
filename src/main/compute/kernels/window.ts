import type { backend_util } from '@tensorflow/tfjs-core'
import type { KernelSpace } from './own-kernel.ts'

const FIELDS = 15

type Info = backend_util.Conv2DInfo

/** Numbers of a sliding window, as the kernels read them: src/kernels/neural/window.ts. */
export function withWindow<T>(space: KernelSpace, info: Info, use: (window: number) => T): T {
  return space.borrow(FIELDS * 4, (window) => {
    space.words(window, FIELDS).set([
      info.batchSize, info.inHeight, info.inWidth, info.inChannels, info.outHeight, info.outWidth, info.outChannels, info.filterHeight, info.filterWidth,
      info.strideHeight, info.strideWidth, info.dilationHeight, info.dilationWidth, info.padInfo.top, info.padInfo.left,
    ])
    return use(window)
  })
}

/** Output pixels of all images. */
export function pixelsOf({ batchSize, outHeight, outWidth }: Info): number {
  return batchSize * outHeight * outWidth
}
