import { expect, it } from 'vitest'
import type { BackendId } from '../../../../src/main/compute/backend.ts'
import { networkKinds } from '../../../../src/main/compute/self-test/networks.ts'
import type { BackendCheck } from '../../../../src/main/pipeline/backend/check.ts'
import { chooseBackend } from '../../../../src/main/pipeline/backend/choose-backend.ts'
import type { CheckBackend } from '../../../../src/main/pipeline/backend/known-checks.ts'

const passed = (kind: 'gpu' | 'processor' | 'software', name: string): BackendCheck => ({
  outcome: 'passed', device: { kind, name, driver: 'driver 1', memoryBytes: null, threads: kind === 'processor' ? 2 : 0 }, trains: [...networkKinds], found: 'right', nextStep: '', at: 0,
})
const absent: BackendCheck = { outcome: 'absent', device: null, trains: [], found: 'There is none.', nextStep: 'Buy one.', at: 0 }
const failed: BackendCheck = { ...absent, outcome: 'failed', found: 'Its driver hangs.', nextStep: 'Update it.' }
const machine = { tensorflow: absent, webgpu: passed('gpu', 'Card'), wasm: passed('processor', 'CPU'), 'wasm-simd': { ...passed('processor', 'CPU'), trains: ['dense' as const] }, cpu: passed('processor', 'CPU') }

function checksOf(changes: Partial<Record<BackendId, BackendCheck>> = {}): CheckBackend & { readonly asked: BackendId[] } {
  const asked: BackendId[] = []
  const all: Readonly<Record<BackendId, BackendCheck>> = { ...machine, ...changes }
  return Object.assign((id: BackendId) => (asked.push(id), Promise.resolve(all[id])), { asked })
}

const auto = { wish: 'auto', by: 'The pipeline file' } as const

it('takes the first that passes its self-test, and says what came before', async () => {
  expect(await chooseBackend(['dense'], auto, checksOf())).toEqual({ id: 'webgpu', device: 'Card (driver 1)', why: 'the first that passes its self-test; tensorflow: not here' })
  const broken = await chooseBackend(['dense'], auto, checksOf({ webgpu: failed }))
  expect(broken).toMatchObject({ id: 'wasm', why: expect.stringContaining('webgpu: failed its self-test: Its driver hangs.') as string })
})

it('takes no graphics card that is the processor, unless it is pinned', async () => {
  const checks = checksOf({ webgpu: passed('software', 'llvmpipe') })
  expect((await chooseBackend(['dense'], auto, checks)).id).toBe('wasm')
  expect(await chooseBackend(['dense'], { wish: 'webgpu', by: 'The step "train"' }, checks)).toMatchObject({ id: 'webgpu', why: 'The step "train" says so' })
})

it('takes TensorFlow where it has a card, and behind WebGPU where it has none', async () => {
  expect((await chooseBackend(['dense'], auto, checksOf({ tensorflow: passed('gpu', 'Card') }))).id).toBe('tensorflow')
  const onProcessor = { tensorflow: passed('processor', 'CPU') }
  expect((await chooseBackend(['dense'], auto, checksOf(onProcessor))).id).toBe('webgpu')
  expect((await chooseBackend(['dense'], auto, checksOf({ ...onProcessor, webgpu: absent }))).id).toBe('tensorflow')
})

it('takes what trains all that the step has', async () => {
  const old = { webgpu: absent, wasm: absent }
  expect((await chooseBackend(['dense'], auto, checksOf(old))).id).toBe('wasm-simd')
  expect((await chooseBackend(['dense', 'convolution'], auto, checksOf(old))).id).toBe('cpu')
})

it('touches nothing but what is pinned, and refuses it with what to do where it does not work', async () => {
  const checks = checksOf({ webgpu: failed })
  await expect(chooseBackend(['dense'], { wish: 'webgpu', by: 'The step "train"' }, checks)).rejects.toMatchObject({
    data: { code: 'unsupported', message: 'The step "train" says `backend: webgpu`. Its driver hangs.', nextStep: expect.stringMatching(/auto.*Update it/) as string },
  })
  expect(checks.asked).toEqual(['webgpu'])
  await expect(chooseBackend(['convolution'], { wish: 'wasm-simd', by: 'The pipeline file' }, checks)).rejects.toThrow('cannot train convolutions')
})
