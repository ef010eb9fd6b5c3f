import { getKernel, registerKernel, unregisterKernel, type KernelConfig } from '@tensorflow/tfjs-core'
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import { createKernelPool } from '../../wasm/create-kernel-pool.ts'
import type { WasmMemory } from '../../wasm/webassembly.ts'
import type { TensorModule } from '../backends/wasm-module.ts'
import { batchNorms } from './batch-norm.ts'
import { columns } from './columns.ts'
import { convolutions } from './convolution.ts'
import { crossEntropies } from './cross-entropy.ts'
import { depthwiseConvolutions } from './depthwise-convolution.ts'
import { dropouts } from './dropout.ts'
import { embeddings } from './embedding.ts'
import { grus } from './gru.ts'
import { layerNorms } from './layer-norm.ts'
import { lstms } from './lstm.ts'
import { matrixProducts } from './matrix-product.ts'
import { optimisers } from './optimiser.ts'
import { pooling } from './pooling.ts'
import { sums } from './sums.ts'
import type { KernelSpace, OwnKernel } from './own-kernel.ts'

const ALIGNMENT = 64

/** Kernels of ours, in place of TensorFlow.js's or beside them. */
const kernels: readonly ((space: KernelSpace) => readonly OwnKernel[])[] = [
  ...[matrixProducts, convolutions, depthwiseConvolutions, pooling, lstms, grus, embeddings, columns, sums, batchNorms, layerNorms, crossEntropies, dropouts, optimisers],
]

/** Registers our kernels for the backend `wasm`, over the memory of its module; `close` gives TensorFlow.js its own back and ends the threads. */
export async function registerOwnKernels(module: TensorModule, memory: WasmMemory, threads: number): Promise<{ readonly threads: number; close(): Promise<void> }> {
  const pool = await createKernelPool({ module: 'neural', memory, threads })
  const aligned = (address: number): number => Math.ceil((address >>> 0) / ALIGNMENT) * ALIGNMENT
  const scratchBytes = pool.call('productScratch')
  const space: KernelSpace = {
    pool,
    scratch: Array.from({ length: pool.threads }, () => aligned(module._malloc(scratchBytes + ALIGNMENT))),
    borrow(bytes, use) {
      const address = module._malloc(bytes + ALIGNMENT)
      try {
        return use(aligned(address))
      } finally {
        module._free(address)
      }
    },
    words: (address, count) => new Int32Array(memory.buffer, address, count),
  }
  const replaced: KernelConfig[] = []
  const own = kernels.flatMap((make) => make(space))
  for (const { name, run } of own) {
    const before = getKernel(name, 'wasm')
    if (before !== undefined) {
      replaced.push(before)
      unregisterKernel(name, 'wasm')
    }
    registerKernel({
      kernelName: name,
      backendName: 'wasm',
      ...(before?.setupFunc === undefined ? {} : { setupFunc: before.setupFunc }),
      kernelFunc: ({ inputs, backend, attrs }) => run(inputs, attrs ?? {}, backend as BackendWasm, before?.kernelFunc),
    })
  }
  return {
    threads: pool.threads,
    async close() {
      for (const { name } of own) unregisterKernel(name, 'wasm')
      for (const before of replaced) registerKernel(before)
      await pool.close()
    },
  }
}
