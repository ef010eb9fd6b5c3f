import { BackendWasm, setThreadsCount } from '@tensorflow/tfjs-backend-wasm'
import type { BackendStart, RunningBackend } from '../backend.ts'
import { processor } from './processor.ts'
import { registerBackend } from './register-backend.ts'
import { registerStackedProducts } from './stacked-products.ts'
import { loadSharedModule, loadSimdModule, type TensorModule } from './wasm-module.ts'
import { registerOwnKernels } from '../kernels/register.ts'

/** Our kernels in TensorFlow.js's own memory: relaxed SIMD, several threads. */
export const wasm: BackendStart = {
  id: 'wasm',
  async start({ threads }) {
    const { module, memory, meter } = await loadSharedModule()
    const backend = await onModule('wasm', module, threads)
    const kernels = await registerOwnKernels(module, memory, threads).catch(async (error: unknown) => {
      await backend.close()
      throw error
    })
    return {
      ...backend,
      device: processor(kernels.threads),
      meter,
      limits: { bytes: 2 ** 32, tensorBytes: null, ownMemory: false },
      async close() {
        await kernels.close()
        await backend.close()
      },
    }
  },
}

/** TensorFlow.js's kernels as they come: one thread, SIMD. They lack the gradients of convolutions. */
export const wasmSimd: BackendStart = {
  id: 'wasm-simd',
  async start() {
    const giveBack = registerStackedProducts()
    try {
      const backend = await onModule('wasm-simd', await loadSimdModule(), 1)
      return {
        ...backend,
        async close() {
          await backend.close()
          giveBack()
        },
      }
    } catch (error) {
      giveBack()
      throw error
    }
  },
}

async function onModule(id: RunningBackend['id'], module: TensorModule, threads: number): Promise<RunningBackend> {
  setThreadsCount(1)
  const close = await registerBackend('wasm', () => new BackendWasm(module))
  return { id, device: processor(threads), close }
}
