import { util, type backend_util, type TensorInfo } from '@tensorflow/tfjs-core'
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import type { NeuralCall } from '../../wasm/neural-kernels.ts'
import { cutRange } from '../../wasm/ranges.ts'
import { addressOf, type KernelSpace } from './own-kernel.ts'
import { pixelsOf, withWindow } from './window.ts'

/** Parts of the output pixels that are added up each for itself: a fixed number, so that the sums have the same bits on any number of threads. */
const PARTS = 4
/** Cells of the images and the filter below which one part is faster. */
const LEAST_WORK = 400_000

/** The gradient of a convolution by its filter: `call` adds what pixels `from` … `to`−1 contribute to the zeros at `out`. */
export function gradientOfFilter(
  space: KernelSpace, backend: BackendWasm, info: backend_util.Conv2DInfo, shape: readonly number[], scratchOf: (window: number) => number,
  call: (window: number, out: number, from: number, to: number, scratch: number) => NeuralCall,
): TensorInfo {
  const out = backend.makeOutput([...shape], 'float32')
  const size = util.sizeFromShape([...shape])
  const target = addressOf(backend, out)
  space.words(target, size).fill(0)
  withWindow(space, info, (window) => {
    const scratchBytes = Math.ceil(scratchOf(window) / 64) * 64
    const pixels = pixelsOf(info)
    const parts = cutRange(0, pixels, pixels * size < LEAST_WORK ? 1 : PARTS)
    const bytes = Math.ceil((size * 4) / 64) * 64
    const lanes = Math.min(space.pool.threads, parts.length)
    const others = bytes * (parts.length - 1) // the first part adds to the gradient itself
    space.borrow(others + scratchBytes * lanes, (room) => {
      const scratch = room + others
      space.words(room, others / 4).fill(0)
      const sums = parts.map((_, k) => (k === 0 ? target : room + (k - 1) * bytes))
      for (let next = 0; next < parts.length; next += lanes) {
        space.pool.together(parts.slice(next, next + lanes).map(({ from, to }, lane) => call(window, sums[next + lane] as number, from, to, scratch + lane * scratchBytes)))
      }
      for (const sum of sums.slice(1)) space.pool.call('addScaled', target, sum, 0, size, 1)
    })
  })
  return out
}
