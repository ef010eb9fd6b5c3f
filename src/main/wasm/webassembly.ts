/** A compiled module; may be handed to another thread. */
export type WasmModule = object

/** A linear memory that threads share. */
export type WasmMemory = {
  readonly buffer: SharedArrayBuffer
  /** Grows by pages of 64 KiB; throws RangeError where it cannot. Views taken before stay valid. */
  grow(pages: number): number
}

/** Exports of an instance: numeric functions, some without a result. */
export type WasmExports = Readonly<Record<string, (...args: readonly number[]) => number | undefined>>

type WebAssemblyNamespace = {
  readonly Module: new (bytes: Uint8Array) => WasmModule
  readonly Instance: new (module: WasmModule, imports: object) => { readonly exports: WasmExports }
  readonly Memory: new (descriptor: { initial: number; maximum: number; shared: true }) => WasmMemory
}

/** The part of the global `WebAssembly` that Millrace uses; Node has it, but its types declare it only for web pages. */
export const webAssembly = (globalThis as unknown as { readonly WebAssembly: WebAssemblyNamespace }).WebAssembly
