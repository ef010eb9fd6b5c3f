import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { startBackend } from '../../../../src/main/compute/backends/index.ts'
import { readTensorflowSetup } from '../../../../src/main/compute/backends/tensorflow-setup.ts'
import { softwareVulkan } from './software-vulkan.ts'
import { models, predictSaved, twentySteps, type Saved } from './twenty-steps.ts'

const answerSchema = z.record(z.string(), z.object({ losses: z.array(z.number()).length(20), scores: z.array(z.number()) }))
type Answer = z.infer<typeof answerSchema>

describe('one model from one seed', () => {
  let folder: string
  const plain: Record<string, Answer[string]> = {}
  const saved: Record<string, Saved> = {}

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'millrace-same-'))
    const backend = await startBackend('cpu', { threads: 1 })
    for (const [name, model] of Object.entries(models)) {
      const trained = await twentySteps(model)
      saved[name] = trained.saved
      plain[name] = { losses: [...trained.losses], scores: [...(await predictSaved(model, trained.saved))] }
    }
    await backend.close()
    await writeFile(join(folder, 'saved.json'), JSON.stringify(saved))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  /** Largest difference of a loss and of a score from those of the plain backend. */
  async function differences(id: string, environment: NodeJS.ProcessEnv, names: readonly string[] = Object.keys(models)): Promise<{ readonly loss: number; readonly score: number }> {
    const child = join(import.meta.dirname, 'twenty-steps-child.ts')
    const { stdout } = await promisify(execFile)(process.execPath, [child, id, join(folder, 'saved.json'), ...names], { env: { ...environment, MILLRACE_CONFIG: folder, TF_CPP_MIN_LOG_LEVEL: '2' } })
    const found = answerSchema.parse(JSON.parse(stdout))
    const largest = (what: 'losses' | 'scores'): number => Math.max(...names.flatMap((name) => (plain[name]?.[what] ?? []).map((value, at) => Math.abs(value - (found[name]?.[what][at] ?? Number.NaN)))))
    return { loss: largest('losses'), score: largest('scores') }
  }

  it('learns', () => {
    for (const { losses } of Object.values(plain)) expect(losses.at(-1)).toBeLessThan((losses[0] ?? 0) * 0.95)
  })

  it('has the same losses over twenty steps on our WebAssembly, and saved, it predicts the same there', async () => {
    const { loss, score } = await differences('wasm', process.env)
    expect(loss).toBeLessThan(1e-3)
    expect(score).toBeLessThan(1e-5)
  })

  // Compiling for a card in software takes a second per shader: a recurrence has too many for a test; the self-test has one.
  it('so it does on WebGPU', async ({ skip }) => {
    const vulkan = softwareVulkan()
    if ('missing' in vulkan) return skip(vulkan.missing)
    const { loss, score } = await differences('webgpu', vulkan.environment, ['mlp', 'cnn'])
    expect(loss).toBeLessThan(1e-3)
    expect(score).toBeLessThan(1e-5)
  }, 300_000)

  it('so it does on TensorFlow’s library', async ({ skip }) => {
    if (readTensorflowSetup() === undefined) return skip('TensorFlow is not set up: npm run setup:tensorflow')
    const { loss, score } = await differences('tensorflow', { ...process.env, MILLRACE_TENSORFLOW: readTensorflowSetup()?.folder })
    expect(loss).toBeLessThan(1e-3)
    expect(score).toBeLessThan(1e-5)
  })
})
