// The input pixels that an output pixel sees, laid out in a row (im2col), and back.
import { loadFirst, storeFirst } from './lanes'
import { endInside, firstInside, Window } from './window'

/**
 * Rows `from` … `to`−1 of the matrix of patches, one per output pixel, height × width × channels floats each: zeros where the window is outside. Runs wholly inside are copied four
 * floats at a time, beyond their end where what follows is written later: `out` needs 16 bytes more.
 */
export function gatherPatches(w: Window, x: usize, from: i32, to: i32, out: usize): void {
  const pixel = <usize>w.channels << 2, line = <usize>w.inWidth * pixel, image = <usize>w.inHeight * line, tapRow = <usize>w.width * pixel
  const dense = w.dilationWidth == 1, lastRead = x + <usize>w.batch * image - ((tapRow + 15) & ~15)
  let column = from % w.outWidth, row = from / w.outWidth % w.outHeight, n = from / w.outWidth / w.outHeight
  for (let r = from; r < to; r++) {
    const y0 = row * w.strideHeight - w.top, x0 = column * w.strideWidth - w.left
    const inside = dense && x0 >= 0 && x0 + w.width <= w.inWidth
    const first = inside ? 0 : firstInside(x0, w.dilationWidth), end = inside ? w.width : endInside(x0, w.dilationWidth, w.inWidth, w.width, first)
    for (let i = 0; i < w.height; i++, out += tapRow) {
      const y = y0 + i * w.dilationHeight
      if (<u32>y >= <u32>w.inHeight) {
        clear(out, tapRow)
        continue
      }
      const source = x + <usize>n * image + <usize>y * line
      if (inside) {
        const start = source + <usize>x0 * pixel
        if (start <= lastRead) for (let k: usize = 0; k < tapRow; k += 16) v128.store(out + k, v128.load(start + k))
        else copy(start, out, w.width * w.channels)
        continue
      }
      clear(out, <usize>first * pixel)
      if (dense) copy(source + <usize>(x0 + first) * pixel, out + <usize>first * pixel, (end - first) * w.channels)
      else {
        for (let j = first; j < end; j++) copy(source + <usize>(x0 + j * w.dilationWidth) * pixel, out + <usize>j * pixel, w.channels)
      }
      clear(out + <usize>end * pixel, <usize>(w.width - end) * pixel)
    }
    if (++column < w.outWidth) continue
    column = 0
    if (++row < w.outHeight) continue
    row = 0
    n++
  }
}

/** Adds rows `from` … `to`−1 of a matrix of patches to the pixels that they came from. */
export function scatterPatches(w: Window, patches: usize, from: i32, to: i32, x: usize): void {
  const pixel = <usize>w.channels << 2, line = <usize>w.inWidth * pixel, image = <usize>w.inHeight * line, tapRow = <usize>w.width * pixel
  const dense = w.dilationWidth == 1
  for (let r = from; r < to; r++) {
    const column = r % w.outWidth, above = r / w.outWidth, n = above / w.outHeight
    const y0 = above % w.outHeight * w.strideHeight - w.top, x0 = column * w.strideWidth - w.left
    const first = firstInside(x0, w.dilationWidth), end = endInside(x0, w.dilationWidth, w.inWidth, w.width, first)
    for (let i = 0; i < w.height; i++, patches += tapRow) {
      const y = y0 + i * w.dilationHeight
      if (<u32>y >= <u32>w.inHeight) continue
      const target = x + <usize>n * image + <usize>y * line
      if (dense) add(patches + <usize>first * pixel, target + <usize>(x0 + first) * pixel, (end - first) * w.channels)
      else {
        for (let j = first; j < end; j++) add(patches + <usize>j * pixel, target + <usize>(x0 + j * w.dilationWidth) * pixel, w.channels)
      }
    }
  }
}

// Runs are short, a few dozen floats: loops beat calls of memory.fill and memory.copy.

// @ts-ignore: decorator
@inline
function clear(at: usize, bytes: usize): void {
  for (const end = at + bytes; at < end; at += 4) store<f32>(at, 0)
}

// @ts-ignore: decorator
@inline
function copy(from: usize, to: usize, count: i32): void {
  for (let left = count; left > 0; left -= 4, from += 16, to += 16) storeFirst(to, left, loadFirst(from, left))
}

// @ts-ignore: decorator
@inline
function add(from: usize, to: usize, count: i32): void {
  for (let left = count; left > 0; left -= 4, from += 16, to += 16) storeFirst(to, left, f32x4.add(loadFirst(to, left), loadFirst(from, left)))
}
