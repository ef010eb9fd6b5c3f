import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Result } from '../../../../src/shared/contract/result.ts'
import { openSample } from '../../../../src/main/services/engine/open-sample.ts'
import { initProject } from '../../../../src/main/services/projects.ts'

/** An engine that answers what it is told of the sample's last run, and keeps what it was asked. */
function engineWith(status: string | null): { asked: string[]; call: (name: string, input: unknown) => Promise<Result> } {
  const asked: string[] = []
  return {
    asked,
    call: (name) => {
      asked.push(name)
      const lastRun = status === null ? null : { run: 'r0001', status, startedAt: 1, seconds: null }
      return Promise.resolve({ ok: true, value: name === 'pipelines.list' ? { pipelines: [{ file: 'churn.yaml', lastRun }] } : { job: 'j1' } })
    },
  }
}

const newFolder = (): string => join(mkdtempSync(join(tmpdir(), 'millrace-sample-')), 'sample')

test('the first start makes the sample project and starts its pipeline', async () => {
  const engine = engineWith(null)
  expect(await openSample(engine, newFolder())).toBe(true)
  expect(engine.asked).toEqual(['projects.create', 'pipelines.list', 'pipelines.run'])
})

test.each([
  ['succeeded', []],
  ['failed', []],
  ['running', []],
  ['cancelled', ['pipelines.run']],
  ['interrupted', ['pipelines.run']],
  [null, ['pipelines.run']],
])('a later start finds its last run %s', async (status, more) => {
  const folder = newFolder()
  await initProject(folder)
  const engine = engineWith(status)
  expect(await openSample(engine, folder)).toBe(false)
  expect(engine.asked).toEqual(['projects.open', 'pipelines.list', ...more])
})

test('what the engine refuses is thrown', async () => {
  const refusing = { call: () => Promise.resolve({ ok: false, error: { code: 'io', headline: 'No', message: 'No', nextStep: '', retryable: false, details: {} } } as const) }
  await expect(openSample(refusing, newFolder())).rejects.toMatchObject({ data: { code: 'io' } })
})
