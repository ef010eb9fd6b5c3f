import { backendIds, backendWishes } from '#shared/domain/backend.ts'
import type { MillraceError } from '#shared/errors.ts'

export { backendIds, backendWishes }

/** A way to compute with tensors. */
export type BackendId = (typeof backendIds)[number]

/** What a step, or a pipeline for all of its steps, asks for. */
export type BackendWish = (typeof backendWishes)[number]

/** What a backend computes on. */
export type ComputeDevice = {
  readonly kind: 'gpu' | 'processor' | 'software'
  readonly name: string
  /** Driver and its version as it names itself; empty where there is none. */
  readonly driver: string
  /** Memory of its own in bytes; null where the driver does not tell. */
  readonly memoryBytes: number | null
  /** Threads of this machine that it keeps busy. */
  readonly threads: number
}

/** Bytes that all tensors and one of them may take, null where nobody tells, and whether they lie in memory of the device's own. */
export type DeviceLimits = { readonly bytes: number | null; readonly tensorBytes: number | null; readonly ownMemory: boolean }

/** Counts bytes that tensors take, with what kernels need besides. */
export type MemoryMeter = {
  /** Most bytes that were taken at once while some work ran, besides those before. */
  peakDuring(work: () => void): number
}

/** A backend that runs on this thread: TensorFlow.js computes with it until it is closed. One at a time per thread. */
export type RunningBackend = {
  readonly id: BackendId
  readonly device: ComputeDevice
  /** What tensors may take; absent: nobody tells. */
  readonly limits?: DeviceLimits
  /** What tensors take; absent: only TensorFlow.js counts. */
  readonly meter?: MemoryMeter
  /** Why the device does not compute any more: MillraceError `out-of-memory` or, where it went away, `disconnected`; what was computed since is nothing. */
  failure?(): MillraceError | undefined
  /** Ends its threads and frees its memory; tensors made before must not be used afterwards. */
  close(): Promise<void>
}

/** How to start a backend. */
export type BackendStart = {
  readonly id: BackendId
  /** Starts it on this thread. Throws MillraceError `unavailable` that says what is missing and how to get it. */
  start(options: { readonly threads: number }): Promise<RunningBackend>
}
