import type { backend_util } from '@tensorflow/tfjs-core'
import { windowRecord } from '../../wasm/sliding-window.ts'
import type { KernelSpace } from './own-kernel.ts'

type Info = backend_util.Conv2DInfo

/** Runs with the record of a sliding window in the kernels' memory. */
export function withWindow<T>(space: KernelSpace, info: Info, use: (window: number) => T): T {
  const record = windowRecord({
    batch: info.batchSize, channels: info.inChannels, height: info.filterHeight, width: info.filterWidth, top: info.padInfo.top, left: info.padInfo.left, ...info,
  })
  return space.borrow(record.byteLength, (window) => {
    space.words(window, record.length).set(record)
    return use(window)
  })
}

/** Output pixels of all images. */
export function pixelsOf({ batchSize, outHeight, outWidth }: Info): number {
  return batchSize * outHeight * outWidth
}
