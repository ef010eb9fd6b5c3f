import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'
import { MillraceError, toErrorData } from '#shared/errors.ts'
import type { BackendStart, ComputeDevice, DeviceLimits } from '../backend.ts'
import { watchDevice } from './device-watch.ts'
import { registerBackend } from './register-backend.ts'
import { hasVulkanLoader } from './vulkan-loader.ts'

const WANTED_LIMITS = [
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
] as const

/** Any vendor's graphics card through Dawn: Vulkan, Metal or Direct3D 12, no toolkit to install. */
export const webgpu: BackendStart = {
  id: 'webgpu',
  async start() {
    const gpu = await openDriver()
    const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' })
    if (adapter === null) throw noAdapter()
    const requiredLimits = Object.fromEntries(WANTED_LIMITS.map((name) => [name, adapter.limits[name]]))
    const device = await adapter.requestDevice({ requiredLimits })
    const close = await registerBackend('webgpu', () => new WebGPUBackend(device, adapter.info))
    return {
      id: 'webgpu',
      device: describe(adapter),
      limits: limitsOf(adapter),
      failure: watchDevice(device),
      async close() {
        await close()
        device.destroy()
      },
    }
  },
}

/** Dawn, with the names that TensorFlow.js looks for among the globals of a web page. */
async function openDriver(): Promise<GPU> {
  if (process.platform === 'linux' && !hasVulkanLoader()) throw noAdapter()
  try {
    const { create, globals } = await import('webgpu')
    Object.assign(globalThis, globals)
    const gpu = create([])
    Object.defineProperty(globalThis.navigator, 'gpu', { value: gpu, configurable: true })
    return gpu
  } catch (error) {
    throw new MillraceError(
      {
        code: 'unsupported',
        headline: 'WebGPU cannot be used here',
        message: `Its library does not load on ${process.platform}-${process.arch}: ${toErrorData(error).message}`,
        nextStep: 'Nothing needs to be done: the processor computes instead.',
      },
      error,
    )
  }
}

function noAdapter(): MillraceError {
  return new MillraceError({
    code: 'unsupported',
    headline: 'No graphics card answers',
    message: 'The system offers no card that computes: there is none, or its driver is not installed.',
    nextStep: `${process.platform === 'linux' ? 'With a card in the machine, install libvulkan1 and the driver of the card (for example nvidia-driver or mesa-vulkan-drivers).' : 'With a card in the machine, install the newest driver of its vendor.'} Without one, the processor computes (backend: wasm).`,
  })
}

/** How much a card holds is not told; what lies in one piece is. Drivers that draw on the processor use its memory. */
function limitsOf(adapter: GPUAdapter): DeviceLimits {
  const { maxBufferSize, maxStorageBufferBindingSize } = adapter.limits
  return { bytes: null, tensorBytes: Math.min(maxBufferSize, maxStorageBufferBindingSize), ownMemory: describe(adapter).kind === 'gpu' }
}

/** Drivers that draw on the processor say so in one way or another. */
function describe({ info }: GPUAdapter): ComputeDevice {
  const name = [info.device, `${info.vendor} ${info.architecture}`.trim()].find((text) => text !== '') ?? 'Graphics card'
  const software = info.isFallbackAdapter || /swiftshader|llvmpipe|lavapipe|warp|basic render/i.test(`${name} ${info.architecture}`)
  return { kind: software ? 'software' : 'gpu', name, driver: info.description, memoryBytes: null, threads: 0 }
}
