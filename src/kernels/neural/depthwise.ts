// Depthwise convolution: every channel has filters of its own, [height][width][channels][multiplier]; output channel c · multiplier + m belongs to channel c.
import { finishRow } from './activation'
import { loadFirst, madd, storeFirst } from './lanes'
import { endInside, firstInside, Window } from './window'

/** Output pixels `from` … `to`−1 (counted over batch, height and width) of y = activation(depthwise convolution of x + bias). `bias`: outChannels f32 or 0. */
export function depthwise(window: usize, x: usize, filter: usize, y: usize, from: i32, to: i32, bias: usize, activation: i32, alpha: f32): void {
  const w = changetype<Window>(window), outputs = w.outChannels
  const pixel = <usize>w.channels << 2, line = <usize>w.inWidth * pixel, out = <usize>outputs << 2
  for (let r = from; r < to; r++) {
    const column = r % w.outWidth, above = r / w.outWidth, n = above / w.outHeight
    const y0 = above % w.outHeight * w.strideHeight - w.top, x0 = column * w.strideWidth - w.left
    const firstRow = firstInside(y0, w.dilationHeight), endRow = endInside(y0, w.dilationHeight, w.inHeight, w.height, firstRow)
    const first = firstInside(x0, w.dilationWidth), end = endInside(x0, w.dilationWidth, w.inWidth, w.width, first)
    const target = y + <usize>r * out, corner = x + <usize>(n * w.inHeight + y0) * line + <usize>x0 * pixel
    const down = <usize>w.dilationHeight * line, right = <usize>w.dilationWidth * pixel
    if (w.channels == outputs) {
      let left = outputs, k: usize = 0
      for (; left >= 8; left -= 8, k += 32) {
        let a = f32x4.splat(0), b = a
        for (let i = firstRow; i < endRow; i++) {
          let p = corner + <usize>i * down + <usize>first * right + k, f = filter + <usize>(i * w.width + first) * out + k
          for (let j = first; j < end; j++, p += right, f += out) {
            a = madd(v128.load(p), v128.load(f), a)
            b = madd(v128.load(p, 16), v128.load(f, 16), b)
          }
        }
        v128.store(target + k, a)
        v128.store(target + k, b, 16)
      }
      for (; left > 0; left -= 4, k += 16) {
        let sum = f32x4.splat(0)
        for (let i = firstRow; i < endRow; i++) {
          let p = corner + <usize>i * down + <usize>first * right + k, f = filter + <usize>(i * w.width + first) * out + k
          for (let j = first; j < end; j++, p += right, f += out) sum = madd(loadFirst(p, left), loadFirst(f, left), sum)
        }
        storeFirst(target + k, left, sum)
      }
    } else {
      memory.fill(target, 0, out)
      for (let i = firstRow; i < endRow; i++) {
        for (let j = first; j < end; j++) weigh(corner + <usize>i * down + <usize>j * right, filter + <usize>(i * w.width + j) * out, target, w.channels, outputs)
      }
    }
    if (bias != 0 || activation != 0) finishRow(target, bias, outputs, activation, alpha)
  }
}

/** y += x · filter of one place in the window, each channel of x with its filters. */
function weigh(x: usize, filter: usize, y: usize, channels: i32, outputs: i32): void {
  const multiplier = outputs / channels
  for (let c = 0, k: usize = 0; c < channels; c++) {
    const value = load<f32>(x + (<usize>c << 2))
    for (let m = 0; m < multiplier; m++, k += 4) store<f32>(y + k, load<f32>(y + k) + value * load<f32>(filter + k))
  }
}

/** dx of images `from` … `to`−1. */
export function depthwiseInputGradient(window: usize, dy: usize, filter: usize, dx: usize, from: i32, to: i32): void {
  const w = changetype<Window>(window), outputs = w.outChannels, channels = w.channels, multiplier = outputs / channels
  const pixel = <usize>channels << 2, line = <usize>w.inWidth * pixel, out = <usize>outputs << 2, pixels = w.outHeight * w.outWidth
  memory.fill(dx + <usize>(from * w.inHeight) * line, 0, <usize>((to - from) * w.inHeight) * line)
  for (let r = from * pixels, last = to * pixels; r < last; r++) {
    const column = r % w.outWidth, above = r / w.outWidth, n = above / w.outHeight
    const y0 = above % w.outHeight * w.strideHeight - w.top, x0 = column * w.strideWidth - w.left
    const firstRow = firstInside(y0, w.dilationHeight), endRow = endInside(y0, w.dilationHeight, w.inHeight, w.height, firstRow)
    const first = firstInside(x0, w.dilationWidth), end = endInside(x0, w.dilationWidth, w.inWidth, w.width, first)
    const g = dy + <usize>r * out
    for (let i = firstRow; i < endRow; i++) {
      const target = dx + <usize>(n * w.inHeight + y0 + i * w.dilationHeight) * line
      for (let j = first; j < end; j++) {
        const t = target + <usize>(x0 + j * w.dilationWidth) * pixel, f = filter + <usize>(i * w.width + j) * out
        if (multiplier == 1) {
          for (let left = channels, k: usize = 0; left > 0; left -= 4, k += 16) {
            storeFirst(t + k, left, madd(loadFirst(g + k, left), loadFirst(f + k, left), loadFirst(t + k, left)))
          }
        } else {
          for (let c = 0, k: usize = 0; c < channels; c++) {
            let sum: f32 = 0
            for (let m = 0; m < multiplier; m++, k += 4) sum += load<f32>(g + k) * load<f32>(f + k)
            store<f32>(t + (<usize>c << 2), load<f32>(t + (<usize>c << 2)) + sum)
          }
        }
      }
    }
  }
}

/**
 * Adds to `filterGradient` what output pixels `from` … `to`−1 contribute, a line of pixels at a time. Threads need a gradient of their own each; `addScaled` joins them.
 */
export function depthwiseFilterGradient(window: usize, x: usize, dy: usize, filterGradient: usize, from: i32, to: i32): void {
  const w = changetype<Window>(window), outputs = w.outChannels, channels = w.channels
  const pixel = <usize>channels << 2, line = <usize>w.inWidth * pixel, out = <usize>outputs << 2
  for (let start = from; start < to; ) {
    const column = start % w.outWidth, above = start / w.outWidth, n = above / w.outHeight
    const end = min(to, start + w.outWidth - column), y0 = above % w.outHeight * w.strideHeight - w.top
    for (let i = 0; i < w.height; i++) {
      const iy = y0 + i * w.dilationHeight
      if (<u32>iy >= <u32>w.inHeight) continue
      const source = x + <usize>(n * w.inHeight + iy) * line
      for (let j = 0; j < w.width; j++) {
        // Pixels of this line whose tap j lies inside.
        const offset = j * w.dilationWidth - w.left + column * w.strideWidth
        const first = firstInside(offset, w.strideWidth), behind = endInside(offset, w.strideWidth, w.inWidth, end - start, first)
        const p = source + <usize>(offset + first * w.strideWidth) * pixel, g = dy + <usize>(start + first) * out, f = filterGradient + <usize>(i * w.width + j) * out
        if (channels == outputs) sumLine(p, pixel * <usize>w.strideWidth, g, out, behind - first, channels, f)
        else {
          for (let q = 0, a = p, b = g; q < behind - first; q++, a += pixel * <usize>w.strideWidth, b += out) weighBack(a, b, f, channels, outputs)
        }
      }
    }
    start = end
  }
}

/** f += Σ over pixels of x · g, channel by channel. */
function sumLine(x: usize, xStep: usize, g: usize, gStep: usize, pixels: i32, channels: i32, f: usize): void {
  for (let left = channels, k: usize = 0; left > 0; left -= 4, k += 16) {
    let sum = f32x4.splat(0)
    for (let q = 0, a = x + k, b = g + k; q < pixels; q++, a += xStep, b += gStep) sum = madd(loadFirst(a, left), loadFirst(b, left), sum)
    storeFirst(f + k, left, f32x4.add(sum, loadFirst(f + k, left)))
  }
}

/** f += x · g of one pixel, each channel of x with its outputs. */
function weighBack(x: usize, g: usize, f: usize, channels: i32, outputs: i32): void {
  const multiplier = outputs / channels
  for (let c = 0, k: usize = 0; c < channels; c++) {
    const value = load<f32>(x + (<usize>c << 2))
    for (let m = 0; m < multiplier; m++, k += 4) store<f32>(f + k, load<f32>(f + k) + value * load<f32>(g + k))
  }
}
