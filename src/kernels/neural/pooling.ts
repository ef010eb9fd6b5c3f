// Pooling for output pixels `from` … `to`−1 (counted over batch, height and width), and its gradients for images `from` … `to`−1. A window wholly outside the image gives 0.
import { loadFirst, storeFirst } from './lanes'
import { endInside, firstInside, Window } from './window'

/** The largest value in each window; NaN where the window holds one. */
export function maxPool(window: usize, x: usize, y: usize, from: i32, to: i32): void {
  pool(changetype<Window>(window), x, y, from, to, true, false)
}

/** The mean of each window: of its pixels inside the image, or over height × width where `whole` is 1. */
export function averagePool(window: usize, x: usize, y: usize, from: i32, to: i32, whole: i32): void {
  pool(changetype<Window>(window), x, y, from, to, false, whole != 0)
}

// @ts-ignore: decorator
@inline
function pool(w: Window, x: usize, y: usize, from: i32, to: i32, largest: bool, whole: bool): void {
  const pixel = <usize>w.channels << 2, line = <usize>w.inWidth * pixel, down = <usize>w.dilationHeight * line, right = <usize>w.dilationWidth * pixel
  for (let r = from; r < to; r++) {
    const column = r % w.outWidth, above = r / w.outWidth, n = above / w.outHeight
    const y0 = above % w.outHeight * w.strideHeight - w.top, x0 = column * w.strideWidth - w.left
    const firstRow = firstInside(y0, w.dilationHeight), endRow = endInside(y0, w.dilationHeight, w.inHeight, w.height, firstRow)
    const first = firstInside(x0, w.dilationWidth), end = endInside(x0, w.dilationWidth, w.inWidth, w.width, first)
    const target = y + <usize>r * pixel, cells = (endRow - firstRow) * (end - first)
    if (cells == 0) {
      memory.fill(target, 0, pixel)
      continue
    }
    const corner = x + <usize>(n * w.inHeight + y0) * line + <usize>x0 * pixel, share = f32x4.splat(1 / <f32>(whole ? w.height * w.width : cells))
    for (let left = w.channels, k: usize = 0; left > 0; left -= 4, k += 16) {
      let found = largest ? f32x4.splat(-Infinity) : f32x4.splat(0)
      for (let i = firstRow; i < endRow; i++) {
        let p = corner + <usize>i * down + <usize>first * right + k
        for (let j = first; j < end; j++, p += right) found = largest ? f32x4.max(found, loadFirst(p, left)) : f32x4.add(found, loadFirst(p, left))
      }
      storeFirst(target + k, left, largest ? found : f32x4.mul(found, share))
    }
  }
}

/** Whether no pixel lies in two windows, and every window wholly inside the image. */
// @ts-ignore: decorator
@inline
function sideBySide(w: Window): bool {
  return (
    w.dilationHeight == 1 && w.dilationWidth == 1 && w.strideHeight >= w.height && w.strideWidth >= w.width && w.top == 0 && w.left == 0 &&
    (w.outHeight - 1) * w.strideHeight + w.height <= w.inHeight && (w.outWidth - 1) * w.strideWidth + w.width <= w.inWidth
  )
}

/** Gives the gradients dy of one window to the first of its largest pixels, channel by channel, where no other window gives to them. */
// @ts-ignore: decorator
@inline
function giveLargest(w: Window, x: usize, dy: usize, dx: usize, pixel: usize, line: usize): void {
  for (let left = w.channels, k: usize = 0; left > 0; left -= 4, k += 16) {
    let best = f32x4.splat(-Infinity), open = i32x4.splat(-1)
    for (let i = 0, p = x + k; i < w.height; i++, p += line) {
      for (let j = 0, q = p; j < w.width; j++, q += pixel) best = f32x4.pmax(best, loadFirst(q, left))
    }
    const g = loadFirst(dy + k, left)
    for (let i = 0, place = k; i < w.height; i++, place += line) {
      for (let j = 0, at = place; j < w.width; j++, at += pixel) {
        const here = v128.and(open, f32x4.eq(loadFirst(x + at, left), best))
        storeFirst(dx + at, left, v128.and(g, here))
        open = v128.andnot(open, here)
      }
    }
  }
}

/** Of the largest value in each window: the first of the largest, in row order, takes the gradient. */
export function maxPoolGradient(window: usize, x: usize, dy: usize, dx: usize, from: i32, to: i32): void {
  const w = changetype<Window>(window), pixel = <usize>w.channels << 2, line = <usize>w.inWidth * pixel, pixels = w.outHeight * w.outWidth
  memory.fill(dx + <usize>(from * w.inHeight) * line, 0, <usize>((to - from) * w.inHeight) * line)
  if (sideBySide(w)) {
    for (let r = from * pixels, last = to * pixels; r < last; r++) {
      const column = r % w.outWidth, above = r / w.outWidth, n = above / w.outHeight
      const corner = <usize>(n * w.inHeight + above % w.outHeight * w.strideHeight) * line + <usize>(column * w.strideWidth) * pixel
      giveLargest(w, x + corner, dy + <usize>r * pixel, dx + corner, pixel, line)
    }
    return
  }
  for (let r = from * pixels, last = to * pixels; r < last; r++) {
    const column = r % w.outWidth, above = r / w.outWidth, n = above / w.outHeight
    const y0 = above % w.outHeight * w.strideHeight - w.top, x0 = column * w.strideWidth - w.left
    const firstRow = firstInside(y0, w.dilationHeight), endRow = endInside(y0, w.dilationHeight, w.inHeight, w.height, firstRow)
    const first = firstInside(x0, w.dilationWidth), end = endInside(x0, w.dilationWidth, w.inWidth, w.width, first)
    if (firstRow == endRow || first == end) continue
    const corner = <usize>(n * w.inHeight + y0) * line + <usize>x0 * pixel
    for (let left = w.channels, k: usize = 0; left > 0; left -= 4, k += 16) {
      const start = corner + k
      let place = <usize>(firstRow * w.dilationHeight) * line + <usize>(first * w.dilationWidth) * pixel
      let best = loadFirst(x + start + place, left), places = i32x4.splat(<i32>place)
      for (let i = firstRow; i < endRow; i++) {
        for (let j = first; j < end; j++) {
          place = <usize>(i * w.dilationHeight) * line + <usize>(j * w.dilationWidth) * pixel
          const value = loadFirst(x + start + place, left), better = f32x4.gt(value, best)
          best = v128.bitselect(value, best, better)
          places = v128.bitselect(i32x4.splat(<i32>place), places, better)
        }
      }
      const g = dy + <usize>r * pixel + k, target = dx + start
      give(target + <usize>i32x4.extract_lane(places, 0), g)
      if (left > 1) give(target + <usize>i32x4.extract_lane(places, 1) + 4, g + 4)
      if (left > 2) give(target + <usize>i32x4.extract_lane(places, 2) + 8, g + 8)
      if (left > 3) give(target + <usize>i32x4.extract_lane(places, 3) + 12, g + 12)
    }
  }
}

// @ts-ignore: decorator
@inline
function give(to: usize, from: usize): void {
  store<f32>(to, load<f32>(to) + load<f32>(from))
}

/** Of the mean of each window: of its pixels inside the image, or of height × width where `whole` is 1. */
export function averagePoolGradient(window: usize, dy: usize, dx: usize, from: i32, to: i32, whole: i32): void {
  const w = changetype<Window>(window), pixel = <usize>w.channels << 2, line = <usize>w.inWidth * pixel, pixels = w.outHeight * w.outWidth
  memory.fill(dx + <usize>(from * w.inHeight) * line, 0, <usize>((to - from) * w.inHeight) * line)
  for (let r = from * pixels, last = to * pixels; r < last; r++) {
    const column = r % w.outWidth, above = r / w.outWidth, n = above / w.outHeight
    const y0 = above % w.outHeight * w.strideHeight - w.top, x0 = column * w.strideWidth - w.left
    const firstRow = firstInside(y0, w.dilationHeight), endRow = endInside(y0, w.dilationHeight, w.inHeight, w.height, firstRow)
    const first = firstInside(x0, w.dilationWidth), end = endInside(x0, w.dilationWidth, w.inWidth, w.width, first)
    const share = f32x4.splat(1 / <f32>(whole ? w.height * w.width : (endRow - firstRow) * (end - first)))
    for (let i = firstRow; i < endRow; i++) {
      for (let j = first; j < end; j++) {
        const target = dx + <usize>(n * w.inHeight + y0 + i * w.dilationHeight) * line + <usize>(x0 + j * w.dilationWidth) * pixel
        for (let left = w.channels, k: usize = 0; left > 0; left -= 4, k += 16) {
          storeFirst(target + k, left, f32x4.add(loadFirst(target + k, left), f32x4.mul(loadFirst(dy + <usize>r * pixel + k, left), share)))
        }
      }
    }
  }
}
