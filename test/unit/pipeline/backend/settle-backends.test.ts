import { expect, it } from 'vitest'
import type { BackendId, BackendWish } from '../../../../src/main/compute/backend.ts'
import { networkKinds } from '../../../../src/main/compute/self-test/networks.ts'
import type { BackendCheck } from '../../../../src/main/pipeline/backend/check.ts'
import { settleBackends } from '../../../../src/main/pipeline/backend/settle-backends.ts'
import { cacheKeyOf, keyPartsOf } from '../../../../src/main/pipeline/cache-key.ts'
import { planPipeline, type Plan } from '../../../../src/main/pipeline/plan.ts'
import { checkPipeline } from '../../../../src/main/pipeline/read-pipeline.ts'
import { loadStepKinds } from '../../../../src/main/pipeline/step-kinds.ts'

const kinds = await loadStepKinds()

function planOf(train: string, top = ''): Plan {
  const text = `name: p\ntask: regression\ntarget: y\n${top}steps:\n  - { id: in, uses: ingest/file, with: { path: a.csv } }\n  - { id: features, uses: features/recipe }\n  - { id: train, uses: train/model, with: { ${train} } }\n`
  return planPipeline(checkPipeline(text, 'p.yaml', kinds), { kinds })
}

/** A machine on which WebGPU and our WebAssembly work. */
function machine(): { check(id: BackendId): Promise<BackendCheck>; readonly asked: BackendId[] } {
  const asked: BackendId[] = []
  return {
    asked,
    check(id) {
      asked.push(id)
      const works = id === 'webgpu' || id === 'wasm'
      const device = { kind: id === 'webgpu' ? ('gpu' as const) : ('processor' as const), name: id, driver: '', memoryBytes: null, threads: 0 }
      return Promise.resolve({ outcome: works ? 'passed' : 'absent', device: works ? device : null, trains: works ? [...networkKinds] : [], found: 'as it is', nextStep: '', at: 0 })
    },
  }
}

async function settled(train: string, top?: string, project: BackendWish = 'auto') {
  const { check, asked } = machine()
  const plan = await settleBackends(planOf(train, top), project, check)
  const step = plan.steps.find(({ id }) => id === 'train')
  if (step === undefined) throw new Error('No step train')
  return { backend: step.backend, key: cacheKeyOf(keyPartsOf(plan, step, {}, {})), asked }
}

it('asks nothing of a machine for steps without neural networks', async () => {
  for (const train of ['estimator: linear', 'budget: 10s']) expect(await settled(train)).toMatchObject({ backend: undefined, asked: [] })
})

it('takes what the step says, then the pipeline file, then the project, then the first that works', async () => {
  expect((await settled('estimator: mlp')).backend).toMatchObject({ id: 'webgpu', choice: { why: expect.stringContaining('the first that passes') as string } })
  expect((await settled('estimator: mlp', 'backend: wasm\n')).backend).toMatchObject({ id: 'wasm', choice: { why: 'The pipeline file says so' } })
  expect((await settled('estimator: mlp', '', 'wasm')).backend).toMatchObject({ id: 'wasm', choice: { why: 'The project says so' } })
  expect((await settled('estimator: mlp', 'backend: webgpu\n', 'wasm')).backend).toMatchObject({ id: 'webgpu', choice: { why: 'The pipeline file says so' } })
  expect((await settled('estimator: mlp, params: { backend: webgpu }', 'backend: wasm\n')).backend).toMatchObject({ id: 'webgpu', choice: { why: 'The step "train" says so' } })
})

it('makes what another backend computes another result, by whichever way it was chosen', async () => {
  const [card, pinnedCard, processor] = await Promise.all([settled('estimator: convnet'), settled('estimator: convnet', 'backend: webgpu\n'), settled('estimator: convnet', 'backend: wasm\n')])
  expect(pinnedCard.key).toBe(card.key)
  expect(processor.key).not.toBe(card.key)
})

it('keeps what is wrong with a pinned backend for when the step has to run', async () => {
  expect((await settled('estimator: recurrent', 'backend: tensorflow\n')).backend).toMatchObject({ id: 'tensorflow', problem: { code: 'unsupported' } })
})
