import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { awkwardFolder, millrace, refused } from './command-line.ts'
import { smallPipeline, smallRows } from './small-data.ts'

let folder: Awaited<ReturnType<typeof awkwardFolder>>
let project: string

beforeAll(async () => {
  folder = await awkwardFolder()
  project = join(folder.path, 'project')
  await mkdir(folder.path, { recursive: true })
  await millrace(folder.path, 'init', 'project')
  await writeFile(join(project, 'data.csv'), smallRows(200, { label: true }))
  await writeFile(join(project, 'small.yaml'), smallPipeline())
  await millrace(project, 'run', 'small.yaml')
  await millrace(project, 'run', 'small.yaml', '--set', 'train.params={regularisation: 3}')
})
afterAll(() => folder.remove())

async function json(...args: string[]): Promise<unknown> {
  return JSON.parse((await millrace(project, ...args, '--json')).out)
}

describe('deployments', () => {
  it('serve a model by name, show what they served, go back and go away', async () => {
    expect(await json('deployments')).toMatchObject({ deployments: [{ name: 'small', previous: 'small@1', serves: { model: 'small@2', run: 'r0002' } }] })
    expect(await json('deploy', 'small@1', '--name', 'letters')).toMatchObject({ deployment: { name: 'letters', how: 'deployed', serves: { model: 'small@1' } } })
    expect(await json('deployments', 'rollback', 'small')).toMatchObject({ deployment: { how: 'rolled back', serves: { model: 'small@1' } } })
    expect(await json('deployments', 'show', 'small')).toMatchObject({ deployment: { history: [{ how: 'rolled back', model: 'small@1', until: null }, { how: 'run', model: 'small@2' }, { how: 'run', model: 'small@1' }] } })
    expect(await json('deployments', 'remove', 'letters')).toMatchObject({ removed: 'letters' })
    expect((await millrace(project, 'deployments')).out).toMatch(/small\s+small@1/)
  })

  it('refuse names and models that cannot be', async () => {
    expect(await refused(project, 'deploy', 'small@9', '--name', 'x')).toMatchObject({ exitCode: 1, code: 'not-found' })
    expect(await refused(project, 'deploy', 'small', '--name', 'a b')).toMatchObject({ exitCode: 1, code: 'invalid-parameter' })
    expect(await refused(project, 'deployments', 'rollback', 'smal')).toMatchObject({ exitCode: 1, headline: expect.stringContaining('did you mean "small"?') })
  })
})

describe('export', () => {
  it('writes a bundle, a card and a page', async () => {
    expect(await json('export', 'small', '--out', join(folder.path, 'bundle'))).toMatchObject({ format: 'bundle', output: join(folder.path, 'bundle') })
    expect((await readdir(join(folder.path, 'bundle'))).toSorted()).toEqual(['MODEL_CARD.md', 'choice.json', 'curves.json', 'model.json', 'weights.bin'])
    await json('export', 'small@1', '--format', 'card', '--out', join(folder.path, 'card.md'))
    expect(await readFile(join(folder.path, 'card.md'), 'utf8')).toContain('# Model card: small@1')
    await json('export', 'small', '--format', 'report', '--out', join(folder.path, 'report.html'))
    expect(await readFile(join(folder.path, 'report.html'), 'utf8')).toMatch(/^<!doctype html>/i)
  })

  it('replaces no folder and no part of the project', async () => {
    expect(await refused(project, 'export', 'small', '--out', join(folder.path, 'bundle'))).toMatchObject({ exitCode: 1, code: 'already-exists' })
    expect(await refused(project, 'export', 'small', '--format', 'zip', '--out', join(project, 'project.db'))).toMatchObject({ exitCode: 1, code: 'io' })
    expect(await refused(project, 'export', 'small', '--format', 'onnx', '--out', 'x')).toMatchObject({ exitCode: 2, code: 'usage' })
  })
})
