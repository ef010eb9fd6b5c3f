/** A window that slides over images, [batch][height][width][channels]; `top` and `left` count the padding before. src/kernels/neural/window.ts says which pixels it sees. */
export type SlidingWindow = {
  readonly batch: number
  readonly inHeight: number
  readonly inWidth: number
  readonly channels: number
  readonly outHeight: number
  readonly outWidth: number
  /** Depthwise: channels × multiplier; pooling: channels. */
  readonly outChannels: number
  readonly height: number
  readonly width: number
  readonly strideHeight: number
  readonly strideWidth: number
  readonly dilationHeight: number
  readonly dilationWidth: number
  readonly top: number
  readonly left: number
}

/** The record of a window as the kernels read it: place it in their memory (60 bytes) and hand them its address. */
export function windowRecord(window: SlidingWindow): Int32Array {
  const { batch, inHeight, inWidth, channels, outHeight, outWidth, outChannels, height, width, strideHeight, strideWidth, dilationHeight, dilationWidth, top, left } = window
  return Int32Array.of(batch, inHeight, inWidth, channels, outHeight, outWidth, outChannels, height, width, strideHeight, strideWidth, dilationHeight, dilationWidth, top, left)
}
