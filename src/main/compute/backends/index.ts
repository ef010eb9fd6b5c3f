import type { BackendId, BackendStart, RunningBackend } from '../backend.ts'
import { cpu } from './cpu.ts'
import { markDriverUse } from './driver-use.ts'
import { tensorflow } from './tensorflow.ts'
import { wasm, wasmSimd } from './wasm.ts'
import { webgpu } from './webgpu.ts'

/** Every backend, in the order in which they are tried. */
export const backends: readonly BackendStart[] = [tensorflow, webgpu, wasm, wasmSimd, cpu]

/** Those that call drivers of the system, which may bring the process down. */
const native: ReadonlySet<BackendId> = new Set<BackendId>(['tensorflow', 'webgpu'])

/** Whether a backend calls drivers of the system: what starts it should be ready for them to hang or to crash. */
export function callsDriver(id: BackendId): boolean {
  return native.has(id)
}

/** Starts a backend on this thread; throws MillraceError `unsupported` where it is missing here. */
export async function startBackend(id: BackendId, options: { readonly threads: number }): Promise<RunningBackend> {
  const found = backends.find((backend) => backend.id === id)
  if (found === undefined) throw new Error(`No backend ${id} in this build`)
  if (!callsDriver(id)) return found.start(options)
  const unmark = markDriverUse(id)
  try {
    const running = await found.start(options)
    return {
      ...running,
      async close() {
        await running.close()
        unmark()
      },
    }
  } catch (error) {
    unmark()
    throw error
  }
}
