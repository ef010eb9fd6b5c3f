import type { SlidingWindow } from '../../../../src/main/wasm/sliding-window.ts'

type Place = { readonly window: readonly [number, number]; readonly stride?: readonly [number, number]; readonly dilation?: readonly [number, number]; readonly pad?: readonly [number, number, number, number] }

/** A window over images of a size; `pad` is top, bottom, left, right, and "same" padding where it is left out. */
export function windowOver(
  [batch, inHeight, inWidth, channels]: readonly [number, number, number, number], outChannels: number,
  { window: [height, width], stride: [strideHeight, strideWidth] = [1, 1], dilation: [dilationHeight, dilationWidth] = [1, 1], pad }: Place,
): SlidingWindow {
  const [high, wide] = [(height - 1) * dilationHeight + 1, (width - 1) * dilationWidth + 1]
  const same = (size: number, reach: number, stride: number): [number, number] => {
    const total = Math.max(0, (Math.ceil(size / stride) - 1) * stride + reach - size)
    return [total >> 1, total - (total >> 1)]
  }
  const [top, bottom, left, right] = pad ?? [...same(inHeight, high, strideHeight), ...same(inWidth, wide, strideWidth)]
  const outHeight = Math.floor((inHeight + top + bottom - high) / strideHeight) + 1
  const outWidth = Math.floor((inWidth + left + right - wide) / strideWidth) + 1
  return { batch, inHeight, inWidth, channels, outHeight, outWidth, outChannels, height, width, strideHeight, strideWidth, dilationHeight, dilationWidth, top, left }
}

const valid = [0, 0, 0, 0] as const

/** Windows of odd shapes: strides, dilations, "same", "valid" and other padding, windows larger than the image and windows wholly outside of it. */
export const placements: readonly (readonly [size: readonly [number, number, number], place: Place])[] = [
  [[1, 1, 1], { window: [1, 1] }],
  [[2, 5, 7], { window: [1, 1] }],
  [[2, 5, 7], { window: [1, 1], stride: [2, 3], pad: valid }],
  [[3, 7, 5], { window: [3, 3] }],
  [[2, 7, 7], { window: [3, 3], pad: valid }],
  [[2, 8, 7], { window: [3, 2], stride: [2, 2] }],
  [[1, 9, 9], { window: [3, 3], dilation: [2, 3] }],
  [[1, 9, 8], { window: [2, 3], dilation: [2, 2], stride: [2, 1], pad: [1, 0, 2, 3] }],
  [[2, 2, 3], { window: [5, 4], pad: [3, 2, 2, 2] }],
  [[1, 3, 3], { window: [2, 2], pad: [4, 4, 3, 3] }],
  [[1, 17, 1], { window: [5, 1], stride: [3, 1] }],
  [[1, 28, 28], { window: [5, 5], pad: valid }],
]
