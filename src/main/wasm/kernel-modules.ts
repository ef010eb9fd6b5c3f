import { kernelNames } from './kernel-names.ts'
import { neuralKernelNames } from './neural-kernels.ts'

/** The compiled modules in `resources/kernels`, each with the kernels that it exports; threads name a kernel by its place in the list. */
export const kernelModules = { boosting: kernelNames, neural: neuralKernelNames } as const

/** Name of a module. */
export type KernelModule = keyof typeof kernelModules
