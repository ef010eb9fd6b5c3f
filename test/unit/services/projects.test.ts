import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { initProject, locateProject, withProject } from '../../../src/main/services/projects.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace projects '))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('initProject', () => {
  it('makes an empty folder a project', async () => {
    const path = join(folder, 'new')
    expect(await initProject(path)).toEqual({ path, template: undefined, files: [], pipeline: undefined })
    expect(await withProject(path, (project) => project.runs.list())).toEqual([])
  })

  it('writes the files of a template', async () => {
    const made = await initProject(join(folder, 'sample'), 'churn')
    expect(made.files).toContain('data/customers.csv')
    for (const file of made.files) expect((await readFile(join(made.path, file), 'utf8')).length).toBeGreaterThan(100)
  })

  it('replaces no file, and then makes no project', async () => {
    await writeFile(join(folder, 'churn.yaml'), 'mine')
    await expect(initProject(folder, 'churn')).rejects.toMatchObject({ data: { code: 'already-exists', details: { file: join(folder, 'churn.yaml') } } })
    expect(await readdir(folder)).toEqual(['churn.yaml'])
    expect(await readFile(join(folder, 'churn.yaml'), 'utf8')).toBe('mine')
  })

  it('refuses a project that is there, and a template that is not', async () => {
    await initProject(folder)
    await expect(initProject(folder, 'churn')).rejects.toMatchObject({ data: { code: 'already-exists' } })
    await expect(initProject(join(folder, 'x'), 'chrun')).rejects.toMatchObject({ data: { headline: expect.stringContaining('did you mean "churn"?') } })
    expect(await readdir(folder)).not.toContain('x')
  })
})

describe('locateProject', () => {
  it('finds the nearest project upward', async () => {
    await initProject(join(folder, 'outer'))
    const deep = join(folder, 'outer', 'a', 'b')
    await mkdir(deep, { recursive: true })
    expect(locateProject(undefined, [deep])).toBe(join(folder, 'outer'))
    expect(locateProject(undefined, [folder, deep])).toBe(join(folder, 'outer'))
  })

  it('takes the folder that is named, from where the user stands', () => {
    expect(locateProject('p', [folder])).toBe(join(folder, 'p'))
  })

  it('says what to do where there is none', () => {
    expect(() => locateProject(undefined, [folder])).toThrow(folder)
  })
})
