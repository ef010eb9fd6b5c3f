/** Arguments of a kernel call: pointers and numbers, as WebAssembly takes them. */
export type KernelArguments = readonly number[]

/**
 * The compiled kernels over one shared memory, on this thread and on helper threads.
 * Integer kernels give the same bytes for any number of threads.
 */
export type KernelPool = {
  /** This thread included; 1 means no helpers. */
  readonly threads: number
}
