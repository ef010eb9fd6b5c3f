import { getKernel, registerKernel, unregisterKernel, type TensorInfo } from '@tensorflow/tfjs-core'

const NAME = '_FusedMatMul'

/**
 * TensorFlow.js's fused product takes stacks of matrices only: given two matrices it finds no size for its output and writes outside of its memory. Behind
 * this one they become stacks of one. Returns what gives the original back.
 */
export function registerStackedProducts(): () => void {
  const original = getKernel(NAME, 'wasm')
  if (original === undefined) throw new Error(`TensorFlow.js has no kernel ${NAME}`)
  unregisterKernel(NAME, 'wasm')
  registerKernel({
    ...original,
    kernelFunc(params) {
      const { a, b } = params.inputs as { readonly a: TensorInfo; readonly b: TensorInfo }
      if (a.shape.length > 2 || b.shape.length > 2) return original.kernelFunc(params)
      const stacked = (matrix: TensorInfo): TensorInfo => ({ ...matrix, dataId: matrix.dataId, dtype: matrix.dtype, shape: [1, ...matrix.shape] })
      const output = original.kernelFunc({ ...params, inputs: { ...params.inputs, a: stacked(a), b: stacked(b) } }) as TensorInfo
      return { ...output, shape: output.shape.slice(1) }
    },
  })
  return () => {
    unregisterKernel(NAME, 'wasm')
    registerKernel(original)
  }
}
