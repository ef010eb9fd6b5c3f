import { spawnSync } from 'node:child_process'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { awkwardFolder, millrace, refused, start, type Running } from './command-line.ts'
import { smallPipeline, smallRows } from './small-data.ts'

let folder: Awaited<ReturnType<typeof awkwardFolder>>
let project: string

beforeAll(async () => {
  folder = await awkwardFolder()
  project = join(folder.path, 'project')
  await mkdir(folder.path, { recursive: true })
  await millrace(folder.path, 'init', 'project')
  await writeFile(join(project, 'data.csv'), smallRows(20_000, { label: true }))
  await writeFile(join(project, 'small.yaml'), smallPipeline())
  const slow = 'with: { estimator: gradient-boosting, params: { maxIterations: 5000, earlyStopping: false }, folds: 5, budget: 10m }'
  await writeFile(join(project, 'slow.yaml'), smallPipeline().replace('with: { estimator: linear, folds: 0 }', slow))
})
afterAll(() => folder.remove())

/** Resolves once the command's progress shows `text`; rejects when it ends before. */
async function shows(running: Running, text: string): Promise<void> {
  let over = false
  void running.done.then(() => (over = true))
  while (!running.err().includes(text)) {
    if (over) throw new Error(`It ended without "${text}": ${running.err()}`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

async function lastStatus(): Promise<string | undefined> {
  const { out } = await millrace(project, 'runs', '--json')
  return (JSON.parse(out) as { runs: { status: string }[] }).runs[0]?.status
}

describe('Ctrl-C', () => {
  it('stops a run in order: exit code 130, a record of it, and a project that goes on', async () => {
    const running = start(['run', 'slow.yaml'], { cwd: project })
    await shows(running, '✓ features')
    running.child.kill('SIGINT')
    const { code, err } = await running.done
    expect(code).toBe(130)
    expect(err).toContain('Stopping')
    expect(err).not.toContain('    at ')
    expect(await lastStatus()).toBe('cancelled')
    expect(await millrace(project, 'run', 'small.yaml')).toMatchObject({ code: 0 })
  })

  it('counts copies of one key press as one, and ends at once when pressed again', async () => {
    const running = start(['run', 'slow.yaml', '--force', 'all'], { cwd: project })
    await shows(running, '✓ ingest')
    running.child.kill('SIGINT')
    running.child.kill('SIGINT')
    await shows(running, 'Stopping')
    await new Promise((resolve) => setTimeout(resolve, 400))
    running.child.kill('SIGINT')
    expect((await running.done).code).toBe(130)
    expect(['cancelled', 'interrupted']).toContain(await lastStatus())
  })

  it('leaves no predictions behind', async () => {
    const outputs = async (): Promise<boolean> => (await readdir(project)).some((name) => name.startsWith('many-out.csv'))
    await writeFile(join(project, 'many.csv'), smallRows(400_000, { label: false }))
    const running = start(['predict', '--deployment', 'small', '--input', 'many.csv', '--output', 'many-out.csv'], { cwd: project })
    // The temporary file is there once the work began.
    while (!(await outputs()) && running.child.exitCode === null) {
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    running.child.kill('SIGINT')
    expect((await running.done).code).toBe(130)
    expect(await outputs()).toBe(false)
  })
})

describe('a run whose process is killed', () => {
  it('is marked, and the next run goes on from what was finished', async () => {
    const running = start(['run', 'slow.yaml', '--set', 'train.folds=4'], { cwd: project })
    await shows(running, '✓ features')
    running.child.kill('SIGKILL')
    await running.done
    expect(await lastStatus()).toBe('interrupted')
    expect(await millrace(project, 'run', 'small.yaml')).toMatchObject({ code: 0 })
  })
})

describe('two processes on one project', () => {
  it('the second run is told who is at work; lists work meanwhile; the first goes on', async () => {
    const first = start(['run', 'slow.yaml', '--set', 'train.folds=3'], { cwd: project })
    await shows(first, '✓ features')
    const second = await refused(project, 'run', 'small.yaml')
    expect(second).toMatchObject({ exitCode: 1, code: 'busy', details: { pid: expect.any(Number) } })
    expect(await lastStatus()).toBe('running')
    first.child.kill('SIGINT')
    expect((await first.done).code).toBe(130)
  })
})

describe('a project that cannot be opened', () => {
  it('is from a newer version', async () => {
    const other = join(folder.path, 'newer')
    await millrace(folder.path, 'init', 'newer')
    const database = new Database(join(other, 'project.db'))
    database.pragma('user_version = 990')
    database.close()
    expect(await refused(other, 'runs')).toMatchObject({ exitCode: 1, code: 'newer-version', message: expect.stringContaining('project.db') })
  })

  it('is not there', async () => {
    expect(await refused(folder.path, 'runs')).toMatchObject({ exitCode: 1, code: 'not-found', nextStep: expect.stringMatching(/millrace\.js['"]? init/) })
    expect(await refused(folder.path, 'runs', '--project', 'nowhere')).toMatchObject({ exitCode: 1, code: 'invalid-project' })
  })
})

describe('the launcher', () => {
  const older = ['node', '/usr/bin/node', '/usr/local/bin/node'].find((node) => /^v(2[0-3])\./.test(spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout ?? ''))

  it.skipIf(older === undefined)('started by an older Node, it runs on the project\'s own and keeps the exit code', async () => {
    const good = await start(['--version'], { cwd: folder.path, node: older ?? '' }).done
    expect(good).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) })
    expect(await start(['rnu'], { cwd: folder.path, node: older ?? '' }).done).toMatchObject({ code: 2 })
  })

  it.skipIf(older === undefined)('passes Ctrl-C on', async () => {
    const running = start(['run', 'slow.yaml', '--set', 'train.folds=2'], { cwd: project, node: older ?? '' })
    await shows(running, '✓ features')
    running.child.kill('SIGINT')
    const { code, err } = await running.done
    expect(code, err).toBe(130)
    expect(await lastStatus()).toBe('cancelled')
  })

  it.skipIf(older === undefined)('killed, it leaves no run behind', async () => {
    const running = start(['run', 'slow.yaml', '--set', 'train.folds=6'], { cwd: project, node: older ?? '' })
    await shows(running, '✓ features')
    running.child.kill('SIGKILL')
    await running.done
    for (let i = 0; i < 400 && (await lastStatus()) === 'running'; i++) await new Promise((resolve) => setTimeout(resolve, 50))
    expect(await lastStatus()).toBe('cancelled')
  })
})
