import { parentPort, workerData } from 'node:worker_threads'
import { kernelModules, type KernelModule } from './kernel-modules.ts'
import { instantiateKernels, runKernel } from './load-kernels.ts'
import { createMailbox } from './mailbox.ts'
import type { WasmMemory, WasmModule } from './webassembly.ts'

/** What a helper thread is started with. */
export type KernelWorkerData = {
  readonly name: KernelModule
  readonly module: WasmModule
  readonly memory: WasmMemory
  readonly mailbox: SharedArrayBuffer
}

// A helper thread: runs the kernels that its mailbox asks for until its owner terminates it.
const { name, module, memory, mailbox } = workerData as KernelWorkerData
const kernels = instantiateKernels(name, module, memory)
const box = createMailbox(kernelModules[name], mailbox)
parentPort?.postMessage('ready')
setImmediate(() => {
  for (;;) box.serve((kernel, args) => runKernel(kernels, kernel, args))
})
