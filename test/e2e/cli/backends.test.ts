import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { softwareVulkan } from '../../unit/compute/backends/software-vulkan.ts'
import { ask, millrace, refused, start } from './command-line.ts'
import { smallPipeline, smallRows } from './small-data.ts'

const devicesSchema = z.looseObject({
  chosen: z.string().nullable(),
  backends: z.array(z.looseObject({ id: z.string(), available: z.boolean(), selfTest: z.string(), reason: z.string(), testedAt: z.number(), devices: z.array(z.looseObject({ name: z.string() })) })),
})
const runSchema = z.looseObject({ steps: z.array(z.looseObject({ id: z.string(), status: z.string(), cache: z.looseObject({ hit: z.boolean(), reason: z.string() }) })) })
const shownSchema = z.looseObject({ run: z.looseObject({ log: z.array(z.looseObject({ step: z.string().optional(), message: z.string() })) }) })

const before = process.env['MILLRACE_CONFIG']
let folder: string
let project: string

const network = (text: string): string =>
  text.replace('{ estimator: linear, folds: 0 }', '{ estimator: mlp, folds: 0, params: { hidden: [8], epochs: 3 } }')

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-backends-'))
  process.env['MILLRACE_CONFIG'] = join(folder, 'config')
  project = join(folder, 'project')
  await mkdir(folder, { recursive: true })
  await millrace(folder, 'init', 'project')
  await writeFile(join(project, 'data.csv'), smallRows(300, { label: true }))
})
afterAll(async () => {
  if (before === undefined) delete process.env['MILLRACE_CONFIG']
  else process.env['MILLRACE_CONFIG'] = before
  await rm(folder, { recursive: true, force: true })
})

/** How the step that trains went. */
async function train(text: string, ...more: readonly string[]): Promise<{ readonly status: string; readonly hit: boolean; readonly reason: string }> {
  await writeFile(join(project, 'small.yaml'), text)
  const { steps } = await ask(runSchema, project, 'run', 'small.yaml', ...more)
  const step = steps.find(({ id }) => id === 'train')
  if (step === undefined) throw new Error('No step train')
  return { status: step.status, ...step.cache }
}

const said = async (): Promise<readonly string[]> => (await ask(shownSchema, project, 'runs', 'show', 'latest')).run.log.filter(({ step }) => step === 'train').map(({ message }) => message)

describe('what neural networks compute on', () => {
  it('is recorded with the run, with the reason, and in the model card', async () => {
    expect((await train(smallPipeline(network), '--set', 'train.params.backend=wasm')).hit).toBe(false)
    expect(await said()).toContainEqual(expect.stringMatching(/^Neural networks compute on wasm, .+: The step "train" says so\.$/))
    await millrace(project, 'export', 'small', '--format', 'card', '--out', 'card.md')
    expect(await readFile(join(project, 'card.md'), 'utf8')).toMatch(/Neural networks computed on wasm, .+: The step "train" says so/)
  })

  it('is pinned by the pipeline file, and a model of another backend is another result', async () => {
    const pinned = smallPipeline((text) => network(text).replace('seed: 1', 'seed: 1\nbackend: cpu'))
    expect((await train(pinned)).reason).toContain('the backend changed from wasm to cpu')
    expect(await said()).toContainEqual(expect.stringMatching(/^Neural networks compute on cpu, .+: The pipeline file says so\.$/))
    expect((await train(pinned)).hit).toBe(true)
    expect((await train(pinned, '--set', 'train.params.backend=wasm')).reason).toContain('the outputs of r0001 are reused')
  })

  it('is pinned for the project, where no file says otherwise', async () => {
    await ask(z.looseObject({ backend: z.literal('cpu') }), project, 'devices', '--pin', 'cpu')
    expect((await train(smallPipeline(network))).reason).toContain('are reused')
    expect((await train(smallPipeline(network), '--force', 'train')).hit).toBe(false)
    expect(await said()).toContainEqual(expect.stringMatching(/^Neural networks compute on cpu, .+: The project says so\.$/))
    await writeFile(join(project, 'settings.json'), '{"backend": "abacus"}')
    expect(await refused(project, 'run', 'small.yaml')).toMatchObject({ code: 'invalid-project', message: expect.stringContaining('settings.json') as string })
    await rm(join(project, 'settings.json'))
  })

  it('is said to be missing where it is, with what to do', async () => {
    await writeFile(join(project, 'small.yaml'), smallPipeline((text) => network(text).replace('seed: 1', 'seed: 1\nbackend: tensorflow')))
    process.env['MILLRACE_TENSORFLOW'] = join(folder, 'nothing')
    const error = await refused(project, 'run', 'small.yaml')
    delete process.env['MILLRACE_TENSORFLOW']
    expect(error).toMatchObject({ code: 'unsupported', headline: 'The backend tensorflow does not work here', nextStep: expect.stringMatching(/backend: auto.*setup:tensorflow/) as string })
  })

  it('costs nothing where no step trains a neural network', async () => {
    await train(smallPipeline())
    expect((await said()).some((line) => line.includes('compute on'))).toBe(false)
  })
})

describe('devices', () => {
  it('remembers what was found, and finds it anew when asked', async () => {
    const first = await ask(devicesSchema, project, 'devices')
    const second = await ask(devicesSchema, project, 'devices')
    expect(second).toEqual(first)
    const anew = await ask(devicesSchema, project, 'devices', '--self-test')
    anew.backends.forEach(({ testedAt }, i) => {
      expect(testedAt).toBeGreaterThan(first.backends[i]?.testedAt ?? 0)
    })
  })

  it('passes WebGPU on a graphics card in software, which is not chosen by itself', async ({ skip }) => {
    const vulkan = softwareVulkan()
    if ('missing' in vulkan) return skip(vulkan.missing)
    const { code, out, err } = await start(['devices', '--self-test', '--json'], { cwd: project, environment: { ...vulkan.environment, MILLRACE_CONFIG: join(folder, 'software') } }).done
    expect(err).toBe('')
    expect(code).toBe(0)
    const { backends, chosen } = devicesSchema.parse(JSON.parse(out))
    expect(backends.find(({ id }) => id === 'webgpu')).toMatchObject({ available: true, selfTest: 'passed', reason: expect.stringContaining('every kind of network gave the right gradients') as string })
    expect(backends.find(({ id }) => id === 'webgpu')?.devices[0]?.name).toContain('a driver that computes on the processor')
    expect(chosen).not.toBe('webgpu')
  })
})
