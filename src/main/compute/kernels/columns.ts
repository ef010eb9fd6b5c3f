import { util, type TensorInfo } from '@tensorflow/tfjs-core'
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import { addressOf, inputOf, type KernelSpace, type OwnKernel } from './own-kernel.ts'

/** Columns of matrices cut out and put side by side, as embedded columns need them; TensorFlow.js's own read whole tensors into JavaScript first. */
export function columns({ pool }: KernelSpace): readonly OwnKernel[] {
  const cut = (x: TensorInfo, [row, column]: readonly [number, number], [rows, width]: readonly [number, number], backend: BackendWasm): TensorInfo => {
    const out = backend.makeOutput([rows, width], x.dtype)
    const all = x.shape[1] ?? 0
    pool.call('copyRows', addressOf(backend, x) + (row * all + column) * 4, all, addressOf(backend, out), width, 0, rows, width)
    return out
  }
  return [
    {
      name: 'Slice',
      run(inputs, attributes, backend, original) {
        const x = inputOf(inputs, 'x')
        if (!isMatrix(x)) {
          if (original === undefined) throw new Error('TensorFlow.js has no slices')
          return original({ inputs, attrs: attributes, backend })
        }
        const [begin, size] = [attributes['begin'] as [number, number], attributes['size'] as [number, number]]
        const whole = size.map((side, axis) => (side === -1 ? (x.shape[axis] ?? 0) - (begin[axis] ?? 0) : side)) as [number, number]
        return cut(x, begin, whole, backend)
      },
    },
    {
      name: 'SplitV',
      run(inputs, attributes, backend, original) {
        const x = inputOf(inputs, 'x')
        const [axis] = util.parseAxisParam(Number(attributes['axis']), x.shape)
        if (!isMatrix(x) || axis !== 1) {
          if (original === undefined) throw new Error('TensorFlow.js has no splits')
          return original({ inputs, attrs: attributes, backend })
        }
        let column = 0
        return widthsOf(attributes['numOrSizeSplits'] as number | readonly number[], x.shape[1] ?? 0).map((width) => {
          const part = cut(x, [0, column], [x.shape[0] ?? 0, width], backend)
          column += width
          return part
        })
      },
    },
    {
      name: 'Concat',
      run(inputs, attributes, backend, original) {
        const parts = Object.values(inputs).filter((part) => part !== undefined)
        const [first] = parts
        if (first === undefined || !parts.every(isMatrix) || util.parseAxisParam(Number(attributes['axis']), first.shape)[0] !== 1) {
          if (original === undefined) throw new Error('TensorFlow.js does not join tensors')
          return original({ inputs, attrs: attributes, backend })
        }
        const rows = first.shape[0] ?? 0
        const width = parts.reduce((sum, { shape }) => sum + (shape[1] ?? 0), 0)
        const out = backend.makeOutput([rows, width], first.dtype)
        let target = addressOf(backend, out)
        for (const part of parts) {
          const own = part.shape[1] ?? 0
          pool.call('copyRows', addressOf(backend, part), own, target, width, 0, rows, own)
          target += own * 4
        }
        return out
      },
    },
  ]
}

function isMatrix({ shape, dtype }: TensorInfo): boolean {
  return shape.length === 2 && (dtype === 'float32' || dtype === 'int32')
}

/** Widths of the parts: a number of equal ones, or each, of which one may be −1, what is left. */
function widthsOf(parts: number | readonly number[], width: number): readonly number[] {
  if (typeof parts === 'number') return Array.from({ length: parts }, () => width / parts)
  const known = parts.reduce((sum, part) => sum + Math.max(0, part), 0)
  return parts.map((part) => (part === -1 ? width - known : part))
}
