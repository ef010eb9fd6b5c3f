import { backend_util, type NamedAttrMap } from '@tensorflow/tfjs-core'
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

type Shape = [number, number, number, number]
type Padding = 'same' | 'valid' | number
type Rounding = 'floor' | 'round' | 'ceil' | undefined

/** A convolution's numbers from what TensorFlow.js gives its kernels. */
export function convolutionInfo(shape: readonly number[], filterShape: readonly number[], attributes: NamedAttrMap, depthwise = false): Info {
  const { strides, pad, dilations, dimRoundingMode, dataFormat } = attributes
  if (dataFormat === 'NCHW') throw new Error('Images have their channels last')
  return backend_util.computeConv2DInfo(
    shape as Shape, filterShape as Shape, strides as [number, number], (dilations as [number, number] | undefined) ?? 1, pad as Padding, dimRoundingMode as Rounding, depthwise,
  )
}

/** Those of pooling. */
export function poolingInfo(shape: readonly number[], { filterSize, strides, pad, dimRoundingMode }: NamedAttrMap): Info {
  return backend_util.computePool2DInfo(shape as Shape, filterSize as [number, number], strides as [number, number], 1, pad as Padding, dimRoundingMode as Rounding)
}
