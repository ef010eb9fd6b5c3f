import { utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { formatRunId, parseRunId } from '../../../src/main/store/run-id.ts'
import { fingerprintOf } from '../../../src/main/store/source-repository.ts'
import { recordRun, temporaryProject } from './temporary-project.ts'

let place: Awaited<ReturnType<typeof temporaryProject>>

beforeEach(async () => {
  place = await temporaryProject()
})
afterEach(async () => {
  await place.dispose()
})

test('run ids are short and read in any form', () => {
  expect([1, 42, 12345].map(formatRunId)).toEqual(['r0001', 'r0042', 'r12345'])
  expect(['r0042', '42', 'r42', ' r042 '].map(parseRunId)).toEqual([42, 42, 42, 42])
})

describe('models and datasets', () => {
  test('get numbers by name; the same content keeps its number', async () => {
    const { project } = place
    const [a, b] = [await recordRun(project, 'model', 'a'), await recordRun(project, 'model', 'b')]
    const register = (name: string, made: typeof a) => project.models.register({ name, hash: made.sealed.hash, run: made.run, at: 1 }).version
    expect([register('m', a), register('m', b), register('m', a), register('other', b)]).toEqual([1, 2, 1, 1])
    expect(project.models.get('m')?.version).toBe(2)
    expect(project.models.get('m', 1)?.hash).toBe(a.sealed.hash)
    expect(project.models.get('none')).toBeUndefined()
    expect(project.models.list().map(({ name, version }) => `${name} ${version}`)).toEqual(['m 2', 'm 1', 'other 1'])
  })

  test('are never registered without an artifact', () => {
    expect(() => place.project.models.register({ name: 'm', hash: 'none', run: 1, at: 1 })).toThrow('FOREIGN KEY')
  })
})

describe('a deployment', () => {
  test('moves to another model, and stays as it is for the same', async () => {
    const { project } = place
    const [a, b] = [await recordRun(project, 'model', 'a'), await recordRun(project, 'model', 'b')]
    const set = (made: typeof a, at: number) => {
      project.deployments.set({ name: 'live', model: made.sealed.hash, run: made.run, at })
      return project.deployments.get('live')
    }
    expect(set(a, 1)).toEqual({ name: 'live', model: a.sealed.hash, run: 'r0001', createdAt: 1, updatedAt: 1 })
    expect(set(a, 2)?.updatedAt).toBe(1)
    expect(set(b, 3)).toEqual({ name: 'live', model: b.sealed.hash, run: 'r0002', createdAt: 1, updatedAt: 3 })
    expect(project.deployments.list()).toHaveLength(1)
  })
})

describe('the hash of a source', () => {
  test('is remembered while its fingerprint stays, and only for a file that has settled', async () => {
    const { sources } = place.project
    const path = join(place.folder, 'f.csv')
    await writeFile(path, 'a')
    const before = fingerprintOf(path)
    if (before === undefined) throw new Error('the file is there')
    sources.set(path, before, 'hash', before.changed + 1)
    expect(sources.get(path, before)).toBeUndefined()
    sources.set(path, before, 'hash', before.changed + 1000)
    expect(sources.get(path, before)).toBe('hash')
    // Other content of the same size, with the old time put back.
    await new Promise((wake) => setTimeout(wake, 20))
    await writeFile(path, 'b')
    await utimes(path, before.modified / 1000, before.modified / 1000)
    const after = fingerprintOf(path)
    expect(after?.size).toBe(before.size)
    expect(sources.get(path, after ?? before)).toBeUndefined()
  })
})

describe('the log', () => {
  test('keeps lines in order, with the step they belong to', async () => {
    const { project } = place
    const { run } = await recordRun(project, 'model', 'a')
    project.log.add(run, undefined, { at: 3, level: 'info', message: 'first' })
    project.log.add(run, 'only', { at: 2, level: 'warn', message: 'second' })
    expect(project.log.ofRun(run)).toEqual([
      { step: undefined, at: 3, level: 'info', message: 'first' },
      { step: 'only', at: 2, level: 'warn', message: 'second' },
    ])
  })
})
