import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import util from 'node:util'
import type { KernelBackend } from '@tensorflow/tfjs-core'
import { MillraceError, toErrorData } from '#shared/errors.ts'
import type { BackendStart, ComputeDevice } from '../backend.ts'
import { processor } from './processor.ts'
import { registerBackend } from './register-backend.ts'
import { readTensorflowSetup, tensorflowLayout, type TensorflowSetup } from './tensorflow-setup.ts'

/** What of the package and its binding is used. */
type NodeBackend = { readonly NodeJSKernelBackend: new (binding: unknown, name: string) => KernelBackend & { readonly isUsingGpuDevice: boolean } }

/** Where the package finds TensorFlow.js: see `scripts/setup-tensorflow.ts`. */
const SHARED_CORE = Symbol.for('millrace.tfjs-core')

const requireHere = createRequire(import.meta.url)

/** TensorFlow's own library: CUDA where the library and the card have it, else its processor kernels. */
export const tensorflow: BackendStart = {
  id: 'tensorflow',
  async start() {
    const setup = readTensorflowSetup()
    if (setup === undefined) throw notSetUp()
    const { make, usesGpu } = load(setup)
    const close = await registerBackend('tensorflow', make)
    return { id: 'tensorflow', device: deviceOf(setup, usesGpu()), close }
  },
}

function load(setup: TensorflowSetup): { make(): KernelBackend; usesGpu(): boolean } {
  repairNode()
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2' // warnings and errors only; a worker thread cannot set it for the library, its process has to
  Object.assign(globalThis, { [SHARED_CORE]: requireHere('@tensorflow/tfjs-core') as unknown })
  const layout = tensorflowLayout(setup.folder)
  const requireThere = createRequire(join(layout.package, 'package.json'))
  try {
    const binding = requireThere(layout.binding) as unknown
    requireThere('./dist/register_all_kernels.js')
    const { NodeJSKernelBackend } = requireThere('./dist/nodejs_kernel_backend.js') as NodeBackend
    const backend = new NodeJSKernelBackend(binding, '@tensorflow/tfjs-node')
    return { make: () => backend, usesGpu: () => backend.isUsingGpuDevice }
  } catch (error) {
    throw new MillraceError(
      {
        code: 'unsupported',
        headline: 'TensorFlow does not load',
        message: `${setup.folder}: ${toErrorData(error).message}`,
        nextStep: 'Set it up again with `npm run setup:tensorflow`; where the library was moved, name its folder with `-- --libtensorflow DIR`.',
      },
      error,
    )
  }
}

/** The package calls functions that Node 23 has removed, or warns of. */
function repairNode(): void {
  Object.assign(util, { isNullOrUndefined: (value: unknown): boolean => value === null || value === undefined, isArray: Array.isArray })
}

function deviceOf({ library }: TensorflowSetup, usesGpu: boolean): ComputeDevice {
  const driver = `TensorFlow ${library}`
  return usesGpu ? { kind: 'gpu', name: 'NVIDIA graphics card', driver: `${driver}, CUDA`, memoryBytes: null, threads: 0 } : { ...processor(availableParallelism()), driver }
}

function notSetUp(): MillraceError {
  return new MillraceError({
    code: 'unsupported',
    headline: 'TensorFlow is not set up',
    message: 'Its library, which computes by CUDA on NVIDIA cards, is not part of Millrace.',
    nextStep: 'Nothing needs to be done: the other backends do the same. Who wants it runs `npm run setup:tensorflow`.',
  })
}
