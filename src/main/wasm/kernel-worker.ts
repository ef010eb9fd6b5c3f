import { parentPort, workerData } from 'node:worker_threads'
import { instantiateKernels } from './load-kernels.ts'
import { createMailbox } from './mailbox.ts'
import type { WasmMemory, WasmModule } from './webassembly.ts'

/** What a helper thread is started with. */
export type KernelWorkerData = { readonly module: WasmModule; readonly memory: WasmMemory; readonly mailbox: SharedArrayBuffer }

// A helper thread: runs the kernels that its mailbox asks for until its owner terminates it.
const { module, memory, mailbox } = workerData as KernelWorkerData
const kernels = instantiateKernels(module, memory)
const box = createMailbox(mailbox)
parentPort?.postMessage('ready')
setImmediate(() => {
  for (;;) box.serve((kernel, args) => kernels[kernel](...args))
})
