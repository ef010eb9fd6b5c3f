import { engine, getBackend, getKernel, type NamedAttrMap, type Tensor } from '@tensorflow/tfjs-core'

/** Whether the backend in use has a kernel of this name: fused ones of ours are only on some. */
export function hasKernel(name: string): boolean {
  return getKernel(name, getBackend()) !== undefined
}

/** Runs a kernel of the backend in use, outside of TensorFlow.js's record of gradients. */
export function runKernel(name: string, inputs: Readonly<Record<string, Tensor>>, attributes: NamedAttrMap = {}): Tensor {
  return engine().runKernel<Tensor>(name, inputs, attributes)
}

/** Likewise for a kernel that gives several tensors. */
export function runKernels(name: string, inputs: Readonly<Record<string, Tensor>>, attributes: NamedAttrMap = {}): readonly Tensor[] {
  return engine().runKernel<Tensor[]>(name, inputs, attributes)
}
