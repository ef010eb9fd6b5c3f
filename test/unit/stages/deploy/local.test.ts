import { describe, expect, it } from 'vitest'
import type { Artifact } from '../../../../src/shared/domain/artifact.ts'
import { createRng } from '../../../../src/main/base/rng.ts'
import { deployLocal } from '../../../../src/main/stages/deploy/local.ts'
import type { StageContext } from '../../../../src/main/stages/step-kind.ts'

const model: Artifact<'model'> = {
  kind: 'model',
  hash: 'abc123',
  path: '/nowhere',
  bytes: 10,
  meta: { task: 'regression', target: 'price', estimator: 'linear', summary: 'ridge on 3 columns' },
}

function recordingContext(): { ctx: StageContext; written: Map<string, string> } {
  const written = new Map<string, string>()
  const refuse = (): never => {
    throw new Error('a deployment needs none of this')
  }
  const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }
  const ctx: StageContext = {
    goal: undefined,
    rng: createRng(1),
    seed: 1,
    clock: { now: () => 0, monotonic: () => 0, processor: () => 0 },
    log: silent,
    data: { run: refuse, rows: refuse, chunks: refuse, isolated: refuse, beside: refuse, interrupt: refuse, close: refuse },
    kernels: refuse,
    memoryBytes: 1 << 20,
    outputFolder: (name) => Promise.resolve(`/out/${name}`),
    writeFile: (folder, name, data) => {
      written.set(`${folder}/${name}`, String(data))
      return Promise.resolve()
    },
    readFile: refuse,
    resolvePath: refuse,
    progress: () => undefined,
    measure: () => undefined,
    throwIfAborted: () => undefined,
  }
  return { ctx, written }
}

describe('deploy/local', () => {
  it('records which model the deployment serves', async () => {
    const { ctx, written } = recordingContext()
    const outputs = await deployLocal.run({ params: { name: 'prices' }, inputs: { model } }, ctx)
    expect(outputs.deployment).toEqual({ kind: 'deployment', path: '/out/deployment', meta: { name: 'prices', model: 'abc123' } })
    expect(JSON.parse(written.get('/out/deployment/deployment.json') ?? '')).toEqual({
      formatVersion: 1,
      name: 'prices',
      model: 'abc123',
      task: 'regression',
      target: 'price',
      estimator: 'linear',
    })
  })

  it.each([[{}], [{ name: '' }], [{ name: 'two words' }], [{ name: '../up' }], [{ name: 'x', port: 1 }]])('refuses %j', (params) => {
    expect(deployLocal.params.safeParse(params).success).toBe(false)
  })
})
