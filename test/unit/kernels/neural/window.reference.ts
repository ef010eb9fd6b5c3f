import type { SlidingWindow } from '../../../../src/main/wasm/sliding-window.ts'

/** Calls back for every output pixel, place in the window and input pixel that it sees: numbers of pixels over the batch, and of the place. */
function forEachTap(w: SlidingWindow, visit: (output: number, tap: number, input: number) => void): void {
  for (let output = 0; output < w.batch * w.outHeight * w.outWidth; output++) {
    const [x, above] = [output % w.outWidth, Math.floor(output / w.outWidth)]
    const [y, image] = [above % w.outHeight, Math.floor(above / w.outHeight)]
    for (let tap = 0; tap < w.height * w.width; tap++) {
      const inY = y * w.strideHeight + Math.floor(tap / w.width) * w.dilationHeight - w.top
      const inX = x * w.strideWidth + (tap % w.width) * w.dilationWidth - w.left
      if (inY >= 0 && inY < w.inHeight && inX >= 0 && inX < w.inWidth) visit(output, tap, (image * w.inHeight + inY) * w.inWidth + inX)
    }
  }
}

/** Calls back for every product of a convolution: places of its output, its input and its weight. */
function forEachTerm(w: SlidingWindow, depthwise: boolean, visit: (y: number, x: number, f: number) => void): void {
  const multiplier = w.outChannels / w.channels
  forEachTap(w, (output, tap, input) => {
    for (let c = 0; c < w.channels; c++) {
      if (depthwise) {
        for (let o = c * multiplier; o < (c + 1) * multiplier; o++) visit(output * w.outChannels + o, input * w.channels + c, tap * w.outChannels + o)
      } else {
        for (let o = 0; o < w.outChannels; o++) visit(output * w.outChannels + o, input * w.channels + c, (tap * w.channels + c) * w.outChannels + o)
      }
    }
  })
}

/** How many numbers a window's images and filter hold. */
export function sizesOf(w: SlidingWindow, depthwise = false): { readonly x: number; readonly y: number; readonly f: number } {
  return {
    x: w.batch * w.inHeight * w.inWidth * w.channels,
    y: w.batch * w.outHeight * w.outWidth * w.outChannels,
    f: w.height * w.width * (depthwise ? 1 : w.channels) * w.outChannels,
  }
}

const at = (values: ArrayLike<number>, place: number): number => values[place] ?? Number.NaN
const add = (sums: Float64Array, place: number, value: number): void => {
  sums[place] = at(sums, place) + value
}

/** A convolution in float64. */
export function referenceConvolution(w: SlidingWindow, depthwise: boolean, x: ArrayLike<number>, f: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(sizesOf(w, depthwise).y)
  forEachTerm(w, depthwise, (yAt, xAt, fAt) => add(sums, yAt, at(x, xAt) * at(f, fAt)))
  return sums
}

/** Gradients of Σ y · dy by the input and by the filter, in float64: the same products with the roles exchanged, since a convolution is linear in both. */
export function referenceConvolutionGradients(w: SlidingWindow, depthwise: boolean, x: ArrayLike<number>, f: ArrayLike<number>, dy: ArrayLike<number>): { readonly dx: Float64Array; readonly df: Float64Array } {
  const sizes = sizesOf(w, depthwise)
  const [dx, df] = [new Float64Array(sizes.x), new Float64Array(sizes.f)]
  forEachTerm(w, depthwise, (yAt, xAt, fAt) => {
    add(dx, xAt, at(dy, yAt) * at(f, fAt))
    add(df, fAt, at(dy, yAt) * at(x, xAt))
  })
  return { dx, df }
}

/** The largest value in each window, and the mean of its pixels inside (or over the whole window), in float64. */
export function referencePools(w: SlidingWindow, x: ArrayLike<number>, whole: boolean): { readonly largest: Float64Array; readonly mean: Float64Array } {
  const [largest, sums, counts] = [new Float64Array(sizesOf(w).y).fill(-Infinity), new Float64Array(sizesOf(w).y), new Float64Array(sizesOf(w).y)]
  forEachTap(w, (output, _tap, input) => {
    for (let c = 0; c < w.channels; c++) {
      const [place, value] = [output * w.channels + c, at(x, input * w.channels + c)]
      largest[place] = Math.max(at(largest, place), value)
      add(sums, place, value)
      add(counts, place, 1)
    }
  })
  return { largest: largest.map((value) => (value === -Infinity ? 0 : value)), mean: sums.map((sum, place) => (at(counts, place) === 0 ? 0 : sum / (whole ? w.height * w.width : at(counts, place)))) }
}
