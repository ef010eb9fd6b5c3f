import { util, type NamedAttrMap, type NamedTensorInfoMap, type TensorInfo } from '@tensorflow/tfjs-core'
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import { activationCodes } from '../../wasm/neural-kernels.ts'
import { cutRange } from '../../wasm/ranges.ts'
import { splitProduct, type Product } from '../../wasm/split-product.ts'
import { addressOf, inputOf, lanesFor, type KernelSpace, type OwnKernel } from './own-kernel.ts'

type Fused = { readonly bias: number; readonly activation: number; readonly alpha: number }

const NOTHING: Fused = { bias: 0, activation: activationCodes.linear, alpha: 0 }

/** Products of matrices and of stacks of matrices: transposes by strides, bias and activation in the same pass. */
export function matrixProducts(space: KernelSpace): readonly OwnKernel[] {
  return [
    {
      name: 'BatchMatMul',
      run: (inputs, attributes, backend) => multiply(space, inputs, attributes, backend, NOTHING),
    },
    {
      name: '_FusedMatMul',
      run(inputs, attributes, backend, original) {
        const { bias, preluActivationWeights } = inputs
        const name = (attributes['activation'] as string | undefined) ?? 'linear'
        if (preluActivationWeights !== undefined || !(name in activationCodes)) {
          if (original === undefined) throw new Error(`No product with the activation ${name}`)
          return original({ inputs, attrs: attributes, backend })
        }
        return multiply(space, inputs, attributes, backend, {
          bias: bias === undefined ? 0 : addressOf(backend, bias),
          activation: activationCodes[name as keyof typeof activationCodes],
          alpha: Number(attributes['leakyreluAlpha'] ?? 0),
        })
      },
    },
    {
      name: 'ActivationGradient',
      run(inputs, attributes, backend) {
        const [output, gradient] = [inputOf(inputs, 'output'), inputOf(inputs, 'gradient')]
        const out = backend.makeOutput(output.shape, 'float32')
        const [y, dy, dx] = [addressOf(backend, output), addressOf(backend, gradient), addressOf(backend, out)]
        const code = activationCodes[attributes['activation'] as keyof typeof activationCodes]
        const size = util.sizeFromShape(output.shape)
        space.pool.together(
          cutRange(0, size, lanesFor(size, space.pool.threads), 4).map(({ from, to }) => ({ kernel: 'activationGradient', args: [y, dy, dx, from, to, code, 0] })),
        )
        return out
      },
    },
  ]
}

function multiply({ pool, scratch }: KernelSpace, inputs: NamedTensorInfoMap, attributes: NamedAttrMap, backend: BackendWasm, fused: Fused): TensorInfo {
  const [a, b] = [inputOf(inputs, 'a'), inputOf(inputs, 'b')]
  const [first, second] = [matrixOf(a, attributes['transposeA'] === true), matrixOf(b, attributes['transposeB'] === true)]
  const stack = Math.max(first.count, second.count)
  const outer = (first.count >= second.count ? a : b).shape.slice(0, -2)
  const [rows, columns, depth] = [first.rows, second.columns, first.columns]
  const out = backend.makeOutput([...outer, rows, columns], 'float32')
  const [pa, pb, pc] = [addressOf(backend, a), addressOf(backend, b), addressOf(backend, out)]
  for (let i = 0; i < stack; i++) {
    const product: Product = {
      a: pa + (first.count === 1 ? 0 : i * rows * depth * 4), aRow: first.rowStep, aColumn: first.columnStep,
      b: pb + (second.count === 1 ? 0 : i * depth * columns * 4), bRow: second.rowStep, bColumn: second.columnStep,
      c: pc + i * rows * columns * 4, cRow: columns, rows, columns, depth, ...fused,
    }
    pool.together(splitProduct(product, scratch))
  }
  return out
}

type MatrixStack = { readonly count: number; readonly rows: number; readonly columns: number; readonly rowStep: number; readonly columnStep: number }

function matrixOf({ shape }: TensorInfo, transposed: boolean): MatrixStack {
  const [height, width] = [shape.at(-2) ?? 1, shape.at(-1) ?? 1]
  const count = util.sizeFromShape(shape.slice(0, -2))
  return transposed ? { count, rows: width, columns: height, rowStep: 1, columnStep: width } : { count, rows: height, columns: width, rowStep: width, columnStep: 1 }
}
