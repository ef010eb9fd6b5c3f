import { rm, writeFile, appendFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { explainStep } from '../../../src/main/pipeline/explain-step.ts'
import { examplePipeline, hits, openWorkplace, type Workplace } from './workplace.ts'

let place: Workplace

beforeEach(async () => {
  place = await openWorkplace()
})
afterEach(async () => {
  await place.dispose()
})

const allRan = 'ingest:ran clean:ran split:ran train:ran evaluate:ran deploy:ran'
const allHit = 'ingest:hit clean:hit split:hit train:hit evaluate:hit deploy:hit'

describe('a pipeline', () => {
  test('runs all its steps, registers what they made and says how it went', async () => {
    const summary = await place.run()
    expect(hits(summary)).toBe(allRan)
    expect(summary).toMatchObject({
      run: 'r0001',
      pipeline: 'example',
      status: 'succeeded',
      baseline: { rmse: 99 },
      model: { name: 'example', version: 1 },
      deployment: 'live',
      error: undefined,
    })
    expect(Object.keys(summary.metrics ?? {})).toEqual(['rmse'])
    expect(place.project.datasets.list()).toMatchObject([{ name: 'example', version: 1, source: 'rows.txt', run: 'r0001' }])
    expect(place.project.deployments.get('live')?.model).toBe(summary.model?.hash)
    expect(await readdir(join(place.project.path, 'artifacts', 'tmp'))).toEqual([])
    expect(place.project.lock.holder()).toBeUndefined()
  })

  test('tells what happens in order', async () => {
    const { events } = await place.run()
    expect(events[0]).toMatchObject({ type: 'run-started', run: 'r0001', pipeline: 'example', steps: { length: 6 } })
    const ofIngest = events.filter((event) => 'step' in event && event.step === 'ingest')
    expect(ofIngest.map((event) => (event.type === 'step-progress' ? event.message : event.type))).toEqual([
      'step-started',
      'reading the file for changes',
      'step-log',
      'read',
    ])
    expect(events.filter((event) => event.type === 'step-finished').map((event) => event.summary.id)).toEqual([
      'ingest',
      'clean',
      'split',
      'train',
      'evaluate',
      'deploy',
    ])
    expect(events.at(-1)).toMatchObject({ type: 'run-finished', summary: { status: 'succeeded' } })
    expect(place.project.log.ofRun(1)).toMatchObject([{ step: 'ingest', level: 'info', message: 'reading rows.txt' }])
  })

  test('is all cache hits the second time, whatever the folder is called by', async () => {
    const first = await place.run()
    const second = await place.run()
    expect(hits(second)).toBe(allHit)
    expect(second.model).toEqual(first.model)
    expect(second.metrics).toEqual(first.metrics)
    expect(place.project.datasets.list()).toHaveLength(1)
    expect(place.project.models.list()).toHaveLength(1)
    expect(explainStep(place.project, 'r0002', 'split')).toEqual({
      run: 'r0002',
      step: 'split',
      hit: true,
      reason: 'Nothing it depends on differs from r0001, so the outputs of r0001 are reused.',
      changed: [],
      producedBy: 'r0001',
    })
  })

  test('reruns only what depends on a changed parameter', async () => {
    await place.run()
    const changed = await place.run({ overrides: [{ step: 'train', param: 'value', value: 2 }] })
    expect(hits(changed)).toBe('ingest:hit clean:hit split:hit train:ran evaluate:ran deploy:ran')
    expect(changed.model).toMatchObject({ name: 'example', version: 2 })
    expect(explainStep(place.project, 'r0002', 'train')).toMatchObject({
      hit: false,
      reason: 'Since r0001: parameter value changed from 1 to 2.',
      changed: [{ part: 'params.value', from: '1', to: '2' }],
      producedBy: undefined,
    })
    expect(explainStep(place.project, '2', 'deploy').reason).toBe('Since r0001: input model has other content.')
  })

  test('stops rerunning where a changed step makes the same content as before', async () => {
    await place.run()
    const renamed = await place.run({ overrides: [{ step: 'ingest', param: 'name', value: 'other' }] })
    expect(hits(renamed)).toBe('ingest:ran clean:hit split:hit train:hit evaluate:hit deploy:hit')
    expect(place.project.datasets.list().map((one) => `${one.name} ${one.version}`)).toEqual(['example 1', 'other 1'])
  })

  test('reuses what another pipeline of the project made', async () => {
    await place.run()
    const other = await place.runText(examplePipeline.replace('name: example', 'name: other'))
    expect(hits(other)).toBe(allHit)
    expect(other.model).toMatchObject({ name: 'other', version: 1 })
  })

  test('takes defaults that are written out for what they are', async () => {
    await place.run()
    expect(hits(await place.runText(examplePipeline.replace('{ line: "ü" }', '{ options: { times: 1 }, line: "ü" }')))).toBe(allHit)
    expect(hits(await place.run({ overrides: [{ step: 'split', param: 'test', value: 0.5 }] }))).toBe(allHit)
  })

  test('sees that a file outside the project changed', async () => {
    await place.run()
    await appendFile(join(place.folder, 'rows.txt'), '\nrow 40')
    const again = await place.run()
    expect(again.steps[0]?.cache).toEqual({ hit: false, reason: 'Since r0001: the file rows.txt has other content.' })
    expect(place.project.datasets.list().map((one) => one.version)).toEqual([2, 1])
  })

  test('does not mind that a file was only touched', async () => {
    await place.run()
    await writeFile(join(place.folder, 'rows.txt'), Array.from({ length: 40 }, (_, row) => `row ${row}`).join('\n'))
    expect(hits(await place.run())).toBe(allHit)
  })

  test('draws again for another seed, and only where the seed matters', async () => {
    await place.run()
    const other = await place.runText(examplePipeline.replace('target: y', 'target: y\nseed: 7'))
    expect(hits(other)).toBe('ingest:hit clean:hit split:ran train:ran evaluate:ran deploy:ran')
    expect(explainStep(place.project, 'r0002', 'split').reason).toBe('Since r0001: the seed changed from 42 to 7.')
  })

  test('learns again for another target, and only where the goal matters', async () => {
    await place.run()
    const other = await place.runText(examplePipeline.replace('target: y', 'target: z'))
    expect(other.steps[2]?.cache.hit).toBe(true)
    expect(other.steps[3]?.cache.reason).toBe("Since r0001: the pipeline's target changed from y to z.")
  })

  test('runs a step that is forced, and goes on with hits where it made the same', async () => {
    await place.run()
    const forced = await place.run({ force: ['clean'] })
    expect(hits(forced)).toBe('ingest:hit clean:ran split:hit train:hit evaluate:hit deploy:hit')
    expect(forced.steps[1]?.cache.reason).toBe('It was forced to run.')
    expect(hits(await place.run({ force: 'all' }))).toBe(allRan)
    expect(place.project.models.list()).toHaveLength(1)
  })

  test('never reuses a step that says cache: false', async () => {
    const text = examplePipeline.replace('uses: prepare/halve', 'uses: prepare/halve, cache: false')
    await place.runText(text)
    const second = await place.run()
    expect(hits(second)).toBe('ingest:hit clean:hit split:ran train:hit evaluate:hit deploy:hit')
    expect(second.steps[2]?.cache.reason).toBe('The pipeline file says "cache: false" for it.')
  })

  test('makes an artifact again whose files are gone, and says so', async () => {
    await place.run()
    const model = place.project.models.get('example')
    const folder = join(place.project.path, 'artifacts', 'model', model?.hash ?? '')
    await rm(join(folder, 'model.json'))
    const again = await place.run()
    expect(hits(again)).toBe('ingest:hit clean:hit split:hit train:ran evaluate:hit deploy:hit')
    expect(again.steps[3]?.cache.reason).toBe(`Its outputs of r0001 cannot be reused: ${join(folder, 'model.json')} is missing.`)
    expect((await readdir(folder)).toSorted()).toEqual(['meta.json', 'model.json'])
  })

  test('gives the same artifacts for the same seed in another project', async () => {
    const other = await openWorkplace()
    try {
      const [here, there] = [await place.run(), await other.run()]
      expect(there.model?.hash).toBe(here.model?.hash)
    } finally {
      await other.dispose()
    }
  })

  test('refuses a step to force that is not there', async () => {
    await expect(place.run({ force: ['trian'] })).rejects.toMatchObject({
      data: { code: 'usage', headline: 'The pipeline has no step "trian", did you mean "train"?' },
    })
    expect(place.project.runs.list()).toEqual([])
  })
})
