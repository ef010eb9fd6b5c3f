import { existsSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createAbortFlag } from '../../../src/main/base/abort.ts'
import { explainStep } from '../../../src/main/pipeline/explain-step.ts'
import { showRun } from '../../../src/main/pipeline/show-run.ts'
import { hits, openWorkplace, type Workplace } from './workplace.ts'

let place: Workplace

beforeEach(async () => {
  place = await openWorkplace()
})
afterEach(async () => {
  delete process.env['MILLRACE_MEMORY']
  await place.dispose()
})

const faulty = (how: string, more = '', file = 'none.txt'): string => `
name: faulty
steps:
  - { id: ingest, uses: ingest/text, with: { path: rows.txt } }
  - { id: middle, uses: fault/any, with: { how: ${how}, file: ${file} }${more} }
  - { id: after, uses: prepare/append }
`

/** Nothing is left over and the project can be used again. */
async function expectClean(): Promise<void> {
  expect(await readdir(join(place.project.path, 'artifacts', 'tmp'))).toEqual([])
  expect(place.project.lock.holder()).toBeUndefined()
  expect(hits(await place.runText(faulty('print')))).toMatch(/^ingest:(hit|ran) middle:ran after:ran$/)
}

describe('a step that fails', () => {
  test.each([
    ['throw', 'internal', 'Step middle met an error that it did not expect'],
    ['user', 'invalid-data', 'Bad cell'],
    ['exit', 'internal', 'The worker of step middle crashed'],
    ['huge', 'out-of-memory', 'Step middle needs more memory than there is'],
    ['vast', 'disk-full', 'Step middle needs more disk than is free'],
    ['elsewhere', 'internal', 'Step middle met an error that it did not expect'],
    ['nothing', 'internal', 'Step middle met an error that it did not expect'],
  ])('by %s is recorded, what follows is skipped, nothing is left', async (how, code, headline) => {
    const summary = await place.runText(faulty(how))
    expect(hits(summary)).toBe('ingest:ran middle:failed after:skipped')
    expect(summary).toMatchObject({ status: 'failed', error: { code, headline, details: { step: expect.stringContaining('middle') as string } } })
    expect(showRun(place.project, 'r0001')).toMatchObject({ status: 'failed', error: { code }, steps: [{}, { status: 'failed', error: { code } }, { status: 'skipped' }] })
    expect(await readdir(join(place.project.path, 'artifacts', 'dataset'))).toHaveLength(1)
    await expectClean()
  })

  test.skipIf(!existsSync('/dev/full'))('on a full disk says so (where the system has /dev/full)', async () => {
    const { error } = await place.runText(faulty('full'))
    expect(error).toMatchObject({ code: 'disk-full', headline: 'The disk is full', details: { step: 'middle' } })
  })

  test('keeps what its error says about the place', async () => {
    const { error } = await place.runText(faulty('user'))
    expect(error?.details).toMatchObject({ step: 'middle', row: 3, column: 'age', value: 'x' })
  })

  test('says the figures where memory is short', async () => {
    process.env['MILLRACE_MEMORY'] = '2GB'
    const { error } = await place.runText(faulty('huge'))
    expect(error?.message).toBe('It needs about 1152922 TB; 2.0 GB may be used.')
  })

  test('runs again although nothing changed, and says that it had failed', async () => {
    await place.runText(faulty('user'))
    const again = await place.run()
    expect(hits(again)).toBe('ingest:hit middle:failed after:skipped')
    expect(explainStep(place.project, again.run, 'middle').reason).toBe('Nothing it depends on differs from r0001, but there it was a failure.')
  })

  test('is tried again as often as the file says, where the error may pass', async () => {
    const twice = await place.runText(faulty('flaky', ', retry: 1', 'tries.txt'))
    expect(twice).toMatchObject({ status: 'failed', error: { headline: 'Busy disk' } })
    const summary = await place.runText(faulty('flaky', ', retry: 2', 'tries.txt'))
    expect(summary.status).toBe('succeeded')
    expect(await readFile(join(place.folder, 'tries.txt'), 'utf8')).toBe('...')
    expect(showRun(place.project, 'r0001').steps[1]?.attempts).toBe(2)
  })

  test('is not tried again after bad input', async () => {
    await place.runText(faulty('user', ', retry: 3'))
    expect(showRun(place.project, 'r0001').steps[1]?.attempts).toBe(1)
  })

  test('is stopped at its time limit', async () => {
    const { error } = await place.runText(faulty('wait', ', timeout: 0.2'))
    expect(error).toMatchObject({ code: 'timeout', headline: 'Step middle took longer than its time limit', details: { step: 'middle' } })
    await expectClean()
  })

  test('loses its result where the file it reads changes meanwhile', async () => {
    await writeFile(join(place.folder, 'moving.txt'), 'before')
    const { error } = await place.runText(faulty('touch', '', 'moving.txt'))
    expect(error).toMatchObject({ code: 'io', headline: 'A file changed while a step read it' })
  })

  test('names the file that is missing, and the step', async () => {
    const { error } = await place.runText('steps:\n  - { id: read, uses: ingest/text, with: { path: no such file.csv } }\n')
    expect(error).toMatchObject({ code: 'not-found', details: { step: 'read', file: join(place.folder, 'no such file.csv') } })
    const folder = await place.runText('steps:\n  - { id: read, uses: ingest/text, with: { path: my project } }\n')
    expect(folder.error).toMatchObject({ code: 'invalid-data', headline: 'A step reads a folder where it needs a file' })
  })
})

describe('what a worker prints', () => {
  test('goes to the log, not to standard output', async () => {
    await place.runText(faulty('print'))
    expect(place.project.log.ofRun(1).map((line) => line.message)).toContain('printed by a library')
  })
})

describe('cancelling', () => {
  test('stops the step, skips the rest and leaves nothing', async () => {
    const signal = createAbortFlag()
    const summary = await place.runText(faulty('wait'), {
      signal,
      onEvent: (event) => {
        if (event.type === 'step-progress' && event.step === 'middle') signal.abort()
      },
    })
    expect(hits(summary)).toBe('ingest:ran middle:cancelled after:skipped')
    expect(summary).toMatchObject({ status: 'cancelled', error: undefined })
    expect(place.project.runs.get(1)?.status).toBe('cancelled')
    await expectClean()
  })

  test('ends a step by force that does not look at the flag', async () => {
    const signal = createAbortFlag()
    const summary = await place.runText(faulty('spin'), {
      signal,
      onEvent: (event) => {
        if (event.type === 'step-started' && event.step === 'middle') setTimeout(() => signal.abort(), 500)
      },
    })
    expect(hits(summary)).toBe('ingest:ran middle:cancelled after:skipped')
    await expectClean()
  })

  test('before the first step runs none', async () => {
    const signal = createAbortFlag()
    signal.abort()
    expect(hits(await place.run({ signal }))).toBe('ingest:cancelled clean:skipped split:skipped train:skipped evaluate:skipped deploy:skipped')
    expect(existsSync(join(place.project.path, 'artifacts', 'dataset'))).toBe(false)
  })
})

describe('a file that is no pipeline', () => {
  test('is refused before anything is recorded', async () => {
    await expect(place.runText('steps: [')).rejects.toMatchObject({ data: { code: 'invalid-pipeline', details: { file: place.pipelineFile, line: 1 } } })
    await expect(place.run({ pipelineFile: join(place.folder, 'none.yaml') })).rejects.toMatchObject({ data: { code: 'not-found' } })
    await expect(place.run({ pipelineFile: place.folder })).rejects.toMatchObject({ data: { code: 'invalid-pipeline' } })
    await writeFile(place.pipelineFile, new Uint8Array([0xff, 0xfe, 0x00]))
    await expect(place.run()).rejects.toMatchObject({ data: { code: 'invalid-pipeline', message: `${place.pipelineFile} is not UTF-8 text.` } })
    expect(place.project.runs.list()).toEqual([])
  })
})
