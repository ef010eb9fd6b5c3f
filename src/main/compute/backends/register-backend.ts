import { enableProdMode, findBackendFactory, ready, registerBackend as register, removeBackend, setBackend, type KernelBackend } from '@tensorflow/tfjs-core'

/** Makes a backend TensorFlow.js's own on this thread; what is returned takes it away and frees its memory. */
export async function registerBackend(name: string, make: () => KernelBackend | Promise<KernelBackend>): Promise<() => Promise<void>> {
  enableProdMode() // no advice about other packages on standard output
  if (findBackendFactory(name) !== null) removeBackend(name)
  register(name, make, 1)
  if (!(await setBackend(name))) throw new Error(`TensorFlow.js refuses the backend ${name}`)
  await ready()
  return () => {
    removeBackend(name)
    return Promise.resolve()
  }
}
