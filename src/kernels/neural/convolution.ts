// Convolution of images as products of their patches with the filter, [height][width][channels][outChannels], a block of output pixels at a time.
import { gatherPatches, scatterPatches } from './patches'
import { product, productScratch } from './product'
import { Window } from './window'

const BLOCK: i32 = 131072 // floats of patches, so that they stay in the second-level cache
const LEAST: i32 = 96 // pixels in a block: the filter is packed once per block
const REST: i32 = 12 // fewer pixels go with the block before: products of a few rows add up in another order, and a pixel shall have the same bits in any block

/** Floats of a patch. */
// @ts-ignore: decorator
@inline
function patchOf(w: Window): i32 {
  return w.height * w.width * w.channels
}

/** Output pixels in a block. */
// @ts-ignore: decorator
@inline
function blockOf(w: Window): i32 {
  return max(LEAST, BLOCK / patchOf(w))
}

/** Pixels of the block at `start`. */
// @ts-ignore: decorator
@inline
function sizeOf(block: i32, start: i32, to: i32): i32 {
  return to - start < block + REST ? to - start : block
}

/** True where the patches are the input itself. */
// @ts-ignore: decorator
@inline
function isPointwise(w: Window): bool {
  return w.height == 1 && w.width == 1 && w.strideHeight == 1 && w.strideWidth == 1 && w.top == 0 && w.left == 0 && w.inHeight == w.outHeight && w.inWidth == w.outWidth
}

/** Bytes of scratch that the convolutions of a window take, per thread. */
export function convolutionScratch(window: usize): i32 {
  const w = changetype<Window>(window)
  return productScratch() + (((blockOf(w) + REST) * patchOf(w)) << 2) + 16
}

/** Output pixels `from` … `to`−1 (counted over batch, height and width) of y = activation(convolution of x + bias). `bias`: outChannels f32 or 0. */
export function convolve(
  window: usize, x: usize, filter: usize, y: usize, from: i32, to: i32, bias: usize, activation: i32, alpha: f32, scratch: usize,
): void {
  const w = changetype<Window>(window), patch = patchOf(w), outputs = w.outChannels
  if (isPointwise(w)) {
    product(x, patch, 1, filter, outputs, 1, y, outputs, from, to, outputs, patch, 0, bias, activation, alpha, scratch)
    return
  }
  const patches = scratch + <usize>productScratch(), block = blockOf(w)
  for (let start = from, count = 0; start < to; start += count) {
    count = sizeOf(block, start, to)
    gatherPatches(w, x, start, start + count, patches)
    product(
      patches, patch, 1, filter, outputs, 1, y + (<usize>start * <usize>outputs << 2), outputs, 0, count, outputs, patch, 0, bias, activation, alpha, scratch,
    )
  }
}

/** Adds to `filterGradient` what output pixels `from` … `to`−1 contribute. Threads need a gradient of their own each; `addScaled` joins them. */
export function convolutionFilterGradient(window: usize, x: usize, dy: usize, filterGradient: usize, from: i32, to: i32, scratch: usize): void {
  const w = changetype<Window>(window), patch = patchOf(w), outputs = w.outChannels
  const line = <usize>outputs << 2
  if (isPointwise(w)) {
    const start = x + (<usize>from * <usize>patch << 2)
    product(start, 1, patch, dy + <usize>from * line, outputs, 1, filterGradient, outputs, 0, patch, outputs, to - from, 1, 0, 0, 0, scratch)
    return
  }
  const patches = scratch + <usize>productScratch(), block = blockOf(w)
  for (let start = from, count = 0; start < to; start += count) {
    count = sizeOf(block, start, to)
    gatherPatches(w, x, start, start + count, patches)
    product(patches, 1, patch, dy + <usize>start * line, outputs, 1, filterGradient, outputs, 0, patch, outputs, count, 1, 0, 0, 0, scratch)
  }
}

/** dx of images `from` … `to`−1. */
export function convolutionInputGradient(window: usize, dy: usize, filter: usize, dx: usize, from: i32, to: i32, scratch: usize): void {
  const w = changetype<Window>(window), patch = patchOf(w), outputs = w.outChannels
  const pixels = w.outHeight * w.outWidth, line = <usize>outputs << 2
  if (isPointwise(w)) {
    product(dy, outputs, 1, filter, 1, outputs, dx, patch, from * pixels, to * pixels, patch, outputs, 0, 0, 0, 0, scratch)
    return
  }
  const image = <usize>(w.inHeight * w.inWidth * w.channels) << 2
  memory.fill(dx + <usize>from * image, 0, <usize>(to - from) * image)
  const patches = scratch + <usize>productScratch(), block = blockOf(w)
  for (let start = from * pixels, end = to * pixels, count = 0; start < end; start += count) {
    count = sizeOf(block, start, end)
    product(dy + <usize>start * line, outputs, 1, filter, 1, outputs, patches, patch, 0, count, patch, outputs, 0, 0, 0, 0, scratch)
    scatterPatches(w, patches, start, start + count, dx)
  }
}
