import type { BackendId, BackendStart, RunningBackend } from '../backend.ts'
import { cpu } from './cpu.ts'
import { wasm, wasmSimd } from './wasm.ts'
import { webgpu } from './webgpu.ts'

/** Every backend, in the order in which they are tried. */
export const backends: readonly BackendStart[] = [webgpu, wasm, wasmSimd, cpu]

/** Starts a backend on this thread; throws MillraceError `unsupported` where it is missing here. */
export async function startBackend(id: BackendId, options: { readonly threads: number }): Promise<RunningBackend> {
  const found = backends.find((backend) => backend.id === id)
  if (found === undefined) throw new Error(`No backend ${id} in this build`)
  return found.start(options)
}
