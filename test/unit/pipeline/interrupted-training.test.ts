import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { RunEvent } from '../../../src/shared/domain/run.ts'
import { createAbortFlag } from '../../../src/main/base/abort.ts'
import type { RunOptions } from '../../../src/main/pipeline/run-options.ts'
import { projectDisk } from '../../../src/main/services/project-disk.ts'
import { smallRows } from '../../e2e/cli/small-data.ts'
import { hits, openWorkplace, type Workplace } from './workplace.ts'

const registry = new URL('./dying-train-steps.ts', import.meta.url)
const training = (more = '', folds = 0, params = 'epochs: 6, seeds: 2') => `
name: networks
task: binary-classification
target: label
steps:
  - { id: ingest, uses: ingest/file, with: { path: data.csv } }
  - { id: split, uses: prepare/split, with: { test: 0.25 } }
  - { id: features, uses: features/recipe, with: { preset: auto, drop: [id] } }
  - { id: train, uses: train/model, with: { estimator: mlp, folds: ${String(folds)}, params: { hidden: [16], batchSize: 32, ${params} } }, needs: [split, features]${more} }
`

let place: Workplace
beforeEach(async () => {
  process.env['MILLRACE_CHECKPOINT_SECONDS'] = '0.01'
  place = await openPlace()
})
afterEach(async () => {
  delete process.env['MILLRACE_CHECKPOINT_SECONDS']
  await place.dispose()
})

async function openPlace(): Promise<Workplace> {
  const made = await openWorkplace()
  await writeFile(join(made.folder, 'data.csv'), smallRows(240, { label: true }))
  return made
}

const run = (text = training(), options: Partial<RunOptions> = {}, where = place) => where.runText(text, { registry, ...options })
const modelOf = (where: Workplace, run: number): string | undefined => where.project.stepRuns.outputs(run, 'train').find(({ name }) => name === 'model')?.hash
const logOf = (events: readonly RunEvent[]): string[] => events.flatMap((event) => (event.type === 'step-log' && event.step === 'train' ? [event.line.message] : []))
const goesOn = (events: readonly RunEvent[]): boolean => logOf(events).some((line) => line.startsWith('Goes on from the checkpoint'))
const checkpoints = (where = place): Promise<string[]> => readdir(join(where.project.path, 'checkpoints')).catch(() => [])

let uninterrupted: string
let compared: string
beforeAll(async () => {
  const whole = await openPlace()
  await run(training(), {}, whole)
  await run(training('', 2), {}, whole)
  ;[uninterrupted = '', compared = ''] = [modelOf(whole, 1), modelOf(whole, 2)]
  await whole.dispose()
})

describe('a training whose thread is killed', () => {
  test.each([['before it began', 1, 0], ['soon', 40, 0], ['late', 350, 0], ['while it compares', 350, 2]] as const)('%s says so, leaves the project intact, and the next run ends in the same model file', async (_, looks, folds) => {
    await writeFile(join(place.folder, 'dies'), String(looks))
    const killed = await run(training('', folds))
    expect(killed).toMatchObject({ status: 'failed', error: { code: 'internal', headline: expect.stringContaining('step train crashed') as string, nextStep: expect.stringContaining('Run it again') as string } })
    expect(hits(killed)).toBe('ingest:ran split:ran features:ran train:failed')
    expect(await checkpoints()).toHaveLength(looks === 1 ? 0 : 1)
    if (looks > 1) expect((await projectDisk(place.project)).parts.map(({ part }) => part)).toContain('Checkpoints of interrupted trainings')
    const resumed = await run(training('', folds))
    expect(hits(resumed)).toBe('ingest:hit split:hit features:hit train:ran')
    expect(goesOn(resumed.events)).toBe(looks > 1)
    expect(modelOf(place, 2)).toBe(folds > 0 ? compared : uninterrupted)
    expect(await checkpoints()).toEqual([])
  })

  test('is taken up again in the same run where the step may be retried', async () => {
    await writeFile(join(place.folder, 'dies'), '350')
    const ran = await run(training(', retry: 1'))
    expect(ran.status).toBe('succeeded')
    expect(goesOn(ran.events)).toBe(true)
    expect(modelOf(place, 1)).toBe(uninterrupted)
  })

  test('begins anew where its checkpoints were damaged or the step is forced', async () => {
    await writeFile(join(place.folder, 'dies'), '350')
    await run()
    const [key = ''] = await checkpoints()
    const folder = join(place.project.path, 'checkpoints', key)
    for (const name of await readdir(folder)) await writeFile(join(folder, name), 'cut short')
    const resumed = await run()
    expect(logOf(resumed.events).filter((line) => line.includes('is damaged')).length).toBeGreaterThan(0)
    expect(modelOf(place, 2)).toBe(uninterrupted)
    await writeFile(join(place.folder, 'dies'), '350')
    expect((await run(training(), { force: ['train'] })).status).toBe('failed')
    const forced = await run(training(), { force: ['train'] })
    expect(logOf(forced.events).some((line) => line.includes('checkpoint'))).toBe(false)
    expect(modelOf(place, 4)).toBe(uninterrupted)
  })
})

describe('a training whose process is killed', () => {
  test('goes on in the next run', async () => {
    const source = (path: string): string => JSON.stringify(new URL(`../../../src/main/${path}`, import.meta.url).href)
    const script = `
      import { openProject } from ${source('store/project.ts')}
      import { runPipeline } from ${source('pipeline/run-pipeline.ts')}
      const project = await openProject(${JSON.stringify(place.project.path)})
      await runPipeline({
        project, pipelineFile: ${JSON.stringify(place.pipelineFile)}, pipelineText: ${JSON.stringify(training())}, threads: 1,
        onEvent: (event) => { if (event.type === 'step-measured' && event.measurements.some(({ kind, iteration }) => kind === 'iteration' && iteration >= 3)) console.log('learns') },
      })`
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['ignore', 'pipe', 'inherit'] })
    await once(child.stdout, 'data')
    child.kill('SIGKILL')
    await once(child, 'exit')
    const resumed = await run()
    expect(place.project.runs.get(1)?.status).toBe('interrupted')
    expect(hits(resumed)).toBe('ingest:hit split:hit features:hit train:ran')
    expect(goesOn(resumed.events)).toBe(true)
    expect(modelOf(place, 2)).toBe(uninterrupted)
  })
})

describe('trainings', () => {
  test('on another number of threads end with the same model file', async () => {
    await run(training(), { threads: 2 })
    expect(modelOf(place, 1)).toBe(uninterrupted)
  })

  test('go on side by side in workers of their own', async () => {
    const other = await openPlace()
    const [one, two] = await Promise.all([run(), run(training(), {}, other)])
    expect([one.status, two.status]).toEqual(['succeeded', 'succeeded'])
    expect([modelOf(place, 1), modelOf(other, 1)]).toEqual([uninterrupted, uninterrupted])
    await other.dispose()
  })

  test('that are cancelled stop soon, and leave what the next run goes on from', async () => {
    const signal = createAbortFlag()
    let [asked, epochs] = [0, 0]
    const cancelled = await run(training('', 0, 'epochs: 10000, earlyStopping: false'), {
      signal,
      onEvent(event) {
        if (event.type === 'step-measured') epochs += event.measurements.filter(({ kind }) => kind === 'iteration').length
        if (epochs < 3 || asked > 0) return
        asked = performance.now()
        signal.abort()
      },
    })
    const milliseconds = performance.now() - asked
    expect(cancelled.status).toBe('cancelled')
    expect(milliseconds).toBeLessThan(3000) // after which a thread is ended by force; 200 ms are asked for, which a busy machine may exceed
    expect(existsSync(join(place.project.path, 'artifacts', 'tmp', 'r0001'))).toBe(false)
    expect(await checkpoints()).toHaveLength(1)
  })
})
