import { appendFile, readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { StepForecast } from '#shared/domain/pipeline-forecast.ts'
import { forecastSteps, type ForecastSurroundings } from '../../../src/main/pipeline/forecast.ts'
import { planPipeline } from '../../../src/main/pipeline/plan.ts'
import { checkPipeline } from '../../../src/main/pipeline/read-pipeline.ts'
import { loadStepKinds } from '../../../src/main/pipeline/step-kinds.ts'
import { examplePipeline, exampleRegistry, hits, openWorkplace, type Workplace } from './workplace.ts'

let place: Workplace

beforeEach(async () => {
  place = await openWorkplace()
})
afterEach(async () => {
  await place.dispose()
})

async function forecast(text: string, { force = [] as readonly string[], memoryBytes = 1e9 } = {}): Promise<readonly StepForecast[]> {
  const kinds = await loadStepKinds(exampleRegistry)
  const plan = planPipeline(checkPipeline(text, place.pipelineFile, kinds), { kinds })
  const estimate: ForecastSurroundings['estimate'] = async ({ uses, settled }, inputs, externalBytes) => {
    const kind = kinds.get(uses)
    if (kind === undefined) throw new Error(uses)
    return Promise.resolve(kind.estimate({ params: settled, inputs: inputs as never, externalBytes }))
  }
  return forecastSteps(plan, { project: place.project, baseFolder: dirname(place.pipelineFile), memoryBytes, isForced: (step) => force.includes(step), estimate })
}

const decisions = (steps: readonly StepForecast[]): string => steps.map(({ step, decision }) => `${step}:${decision}`).join(' ')

describe('forecast of a run', () => {
  it('runs all of a pipeline that never ran, and knows the size of its files only', async () => {
    const steps = await forecast(examplePipeline)
    expect(decisions(steps)).toBe('ingest:run clean:run split:run train:run evaluate:run deploy:run')
    expect(steps[0]).toMatchObject({ reason: 'It has not run before in pipeline "example".', estimate: { basedOn: null }, problem: null })
    expect(steps[1]?.estimate).toBeNull()
  })

  it('reuses all of what just ran, as the run itself then does', async () => {
    await place.run()
    const steps = await forecast(examplePipeline)
    expect(decisions(steps)).toBe('ingest:reuse clean:reuse split:reuse train:reuse evaluate:reuse deploy:reuse')
    expect(steps[0]).toMatchObject({ producedBy: 'r0001', reason: 'Nothing it depends on differs from r0001, so the outputs of r0001 are reused.' })
    expect(hits(await place.run())).not.toContain('ran')
  })

  it('says which part changed, and that later steps depend on what comes of it', async () => {
    await place.run()
    const changed = examplePipeline.replace('"ü"', '"ö"')
    const steps = await forecast(changed)
    expect(decisions(steps)).toBe('ingest:reuse clean:run split:unknown train:unknown evaluate:unknown deploy:unknown')
    expect(steps[1]).toMatchObject({ reason: 'Since r0001: parameter line changed from ü to ö.', changed: [{ part: 'params.line', from: 'ü', to: 'ö' }] })
    expect(steps[2]).toMatchObject({ reason: 'It depends on what clean will make: where that is as in r0001, its outputs are reused.', estimate: { basedOn: 'r0001' } })
    expect(hits(await place.runText(changed))).toContain('clean:ran split:ran')
  })

  it('finds an older run whose outputs fit', async () => {
    await place.run()
    await place.runText(examplePipeline.replace('"ü"', '"ö"'))
    const steps = await forecast(examplePipeline)
    expect(steps[1]).toMatchObject({ decision: 'reuse', producedBy: 'r0001' })
    expect(decisions(steps)).not.toContain('unknown')
  })

  it('does not guess at a file that was written since', async () => {
    await place.run()
    await appendFile(join(place.folder, 'rows.txt'), '\nmore')
    const [ingest] = await forecast(examplePipeline)
    expect(ingest).toMatchObject({ decision: 'unknown', reason: 'It depends on what rows.txt holds now: where that is as in r0001, its outputs are reused.' })
    await rm(join(place.folder, 'rows.txt'))
    const [gone] = await forecast(examplePipeline)
    expect(gone).toMatchObject({ decision: 'run', problem: expect.stringContaining('there is no such file') as string })
  })

  it('knows what is forced and what never is reused', async () => {
    await place.run()
    const steps = await forecast(examplePipeline.replace('uses: train/constant', 'uses: train/constant, cache: false'), { force: ['clean'] })
    expect(steps[1]).toMatchObject({ decision: 'run', reason: 'It was forced to run.' })
    expect(steps[3]).toMatchObject({ decision: 'run', reason: 'The pipeline file says "cache: false" for it.' })
  })

  it('refuses what needs more memory than there is, with the figures', async () => {
    const [ingest] = await forecast(examplePipeline, { memoryBytes: -1 })
    expect(ingest?.problem).toMatch(/^It needs about .* may be used\.$/)
  })

  it('records nothing', async () => {
    await place.run()
    const before = await readFile(join(place.project.path, 'project.db'))
    await forecast(examplePipeline.replace('"ü"', '"ö"'))
    expect(place.project.runs.list()).toHaveLength(1)
    expect((await readFile(join(place.project.path, 'project.db'))).equals(before)).toBe(true)
  })
})
