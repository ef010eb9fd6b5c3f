import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openProject } from '../../../src/main/store/project.ts'
import { exampleRegistry, hits, openWorkplace, type Workplace } from './workplace.ts'

const waiting = `
name: example
steps:
  - { id: ingest, uses: ingest/text, with: { path: rows.txt } }
  - { id: clean, uses: prepare/append }
  - { id: hang, uses: fault/any, with: { how: wait } }
`

let place: Workplace
let child: ChildProcess | undefined

beforeEach(async () => {
  place = await openWorkplace()
})
afterEach(async () => {
  child?.kill('SIGKILL')
  await place.dispose()
})

/** Another process that runs the pipeline up to the step that waits. */
async function startOther(): Promise<ChildProcess> {
  const source = (path: string) => JSON.stringify(new URL(`../../../src/main/${path}`, import.meta.url).href)
  const script = `
    import { openProject } from ${source('store/project.ts')}
    import { runPipeline } from ${source('pipeline/run-pipeline.ts')}
    const project = await openProject(${JSON.stringify(place.project.path)})
    await runPipeline({
      project,
      pipelineFile: ${JSON.stringify(place.pipelineFile)},
      pipelineText: ${JSON.stringify(waiting)},
      registry: new URL(${JSON.stringify(exampleRegistry.href)}),
      onEvent: (event) => { if (event.type === 'step-progress' && event.step === 'hang') console.log('hangs') },
    })`
  const other = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  child = other
  await once(other.stdout, 'data')
  return other
}

describe('two processes on one project', () => {
  test('the second is told who is at work and what to do; lists work meanwhile', async () => {
    const other = await startOther()
    const refused = place.run({ pipelineText: waiting })
    await expect(refused).rejects.toMatchObject({
      data: { code: 'busy', retryable: true, details: { pid: other.pid, run: 'r0001' }, nextStep: expect.stringContaining(`process ${other.pid}`) as string },
    })
    expect(place.project.runs.list()).toMatchObject([{ number: 1, status: 'running' }])
    const reader = await openProject(place.project.path)
    expect(reader.stepRuns.ofRun(1).map((step) => step.status)).toEqual(['succeeded', 'succeeded', 'running'])
    reader.close()
    expect(other.exitCode).toBeNull()
  })

  test('a run that was killed is marked, its leftovers go, and its finished steps are reused', async () => {
    const other = await startOther()
    expect(await readdir(join(place.project.path, 'artifacts', 'tmp'))).toEqual(['r0001'])
    other.kill('SIGKILL')
    await once(other, 'exit')
    const again = await place.runText(waiting.replace('how: wait', 'how: print'))
    expect(hits(again)).toBe('ingest:hit clean:hit hang:ran')
    expect(again.run).toBe('r0002')
    expect(place.project.runs.get(1)?.status).toBe('interrupted')
    expect(place.project.stepRuns.get(1, 'hang')?.status).toBe('interrupted')
    const reopened = await openProject(place.project.path)
    expect(await readdir(join(place.project.path, 'artifacts', 'tmp'))).toEqual([])
    reopened.close()
  })
})
