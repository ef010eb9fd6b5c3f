/**
 * A window that slides over images, as convolutions and pooling use it: a record of fifteen i32 that the host fills (60 bytes). Images lie as [batch][height][width][channels]. Output
 * pixel (y, x) sees input pixels (y · strideHeight + i · dilationHeight − top, x · strideWidth + j · dilationWidth − left) for i < height, j < width; those outside count as zeros,
 * or not at all in pooling. `outChannels` of a depthwise convolution is channels × multiplier, of pooling channels.
 */
@unmanaged
export class Window {
  batch: i32
  inHeight: i32
  inWidth: i32
  channels: i32
  outHeight: i32
  outWidth: i32
  outChannels: i32
  height: i32
  width: i32
  strideHeight: i32
  strideWidth: i32
  dilationHeight: i32
  dilationWidth: i32
  top: i32
  left: i32
}

/** First step i ≥ 0 at which start + i · dilation is not below 0. */
// @ts-ignore: decorator
@inline
export function firstInside(start: i32, dilation: i32): i32 {
  return start >= 0 ? 0 : (dilation - 1 - start) / dilation
}

/** The step behind the last of `count` at which start + i · dilation is below `size`; not below `first`. */
// @ts-ignore: decorator
@inline
export function endInside(start: i32, dilation: i32, size: i32, count: i32, first: i32): i32 {
  return max(first, min(count, (size - start + dilation - 1) / dilation))
}
