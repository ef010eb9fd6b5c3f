import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { databaseError } from '../../../src/main/store/database-error.ts'
import { openDatabase } from '../../../src/main/store/database.ts'
import { createProject, openProject } from '../../../src/main/store/project.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace prøject '))
})
afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

describe('a project', () => {
  test('is a folder that is made where it is missing, and opened again', async () => {
    const path = join(folder, 'neu', 'a b')
    ;(await createProject(path)).close()
    expect((await readdir(path)).toSorted()).toEqual(['artifacts', 'project.db'])
    const project = await openProject(path)
    expect(project.path).toBe(path)
    expect(project.runs.list()).toEqual([])
    project.close()
  })

  test('may be made in a folder with other files, but only once', async () => {
    await writeFile(join(folder, 'data.csv'), 'a')
    ;(await createProject(folder)).close()
    await expect(createProject(folder)).rejects.toMatchObject({ data: { code: 'already-exists' } })
  })

  test('is not found in another folder, and opening makes nothing', async () => {
    await expect(openProject(folder)).rejects.toMatchObject({
      data: { code: 'invalid-project', headline: 'This folder is not a Millrace project', nextStep: expect.stringContaining('millrace init') as string },
    })
    await expect(openProject(join(folder, 'none'))).rejects.toMatchObject({ data: { message: `There is no folder ${join(folder, 'none')}.` } })
    expect(await readdir(folder)).toEqual([])
  })

  test('cannot be made where a file stands in the way', async () => {
    await writeFile(join(folder, 'file'), '')
    await expect(createProject(join(folder, 'file'))).rejects.toMatchObject({ data: { code: 'io' } })
    await expect(createProject(join(folder, 'file', 'below'))).rejects.toMatchObject({ data: { code: 'io' } })
  })

  test('of a newer version is refused and stays as it is', async () => {
    ;(await createProject(folder)).close()
    const database = new Database(join(folder, 'project.db'))
    database.pragma('user_version = 99990')
    database.close()
    await expect(openProject(folder)).rejects.toMatchObject({ data: { code: 'newer-version', details: { found: 99990 } } })
    const after = new Database(join(folder, 'project.db'))
    expect(after.pragma('user_version', { simple: true })).toBe(99990)
    after.close()
  })

  test('is not taken for one where the database is of another application', async () => {
    const database = new Database(join(folder, 'project.db'))
    database.exec('CREATE TABLE theirs (a)')
    database.close()
    await expect(openProject(folder)).rejects.toMatchObject({ data: { code: 'invalid-project', headline: 'This is not a Millrace project' } })
  })

  test('with a damaged database says so', async () => {
    await writeFile(join(folder, 'project.db'), 'this is no database, '.repeat(1000))
    await expect(openProject(folder)).rejects.toMatchObject({ data: { code: 'corrupt', details: { file: join(folder, 'project.db') } } })
    ;(await createProject(join(folder, 'two'))).close()
    await writeFile(join(folder, 'two', 'project.db'), Buffer.alloc(40_000, 7), { flag: 'r+' })
    await expect(openProject(join(folder, 'two'))).rejects.toMatchObject({ data: { code: 'corrupt' } })
  })

  test.skipIf(process.getuid?.() === 0)('in a folder that cannot be written says so (not asked of root, who may)', async () => {
    await chmod(folder, 0o500)
    await expect(createProject(folder)).rejects.toMatchObject({ data: { code: 'io', headline: 'The project folder cannot be written' } })
    await chmod(folder, 0o700)
  })

  test.each([
    ['SQLITE_READONLY_DIRECTORY', 'io'],
    ['SQLITE_CANTOPEN', 'io'],
    ['SQLITE_FULL', 'disk-full'],
    ['SQLITE_BUSY_SNAPSHOT', 'busy'],
    ['SQLITE_IOERR_WRITE', 'io'],
  ])('names the database where SQLite says %s', (code, expected) => {
    const error = Object.assign(new Error('words'), { code })
    expect(databaseError(error, '/p/project.db')).toMatchObject({ data: { code: expected, message: '/p/project.db: words' } })
  })

  test('goes back to what it was where a migration fails', async () => {
    const file = join(folder, 'x.db')
    const good = { version: 10, sql: 'CREATE TABLE a (b)' }
    openDatabase(file, [good]).close()
    expect(() => openDatabase(file, [good, { version: 20, sql: 'CREATE TABLE c (d); CREATE TABLE a (b)' }])).toThrow('already exists')
    const database = new Database(file)
    expect(database.pragma('user_version', { simple: true })).toBe(10)
    expect(database.prepare(`SELECT name FROM sqlite_schema`).all()).toEqual([{ name: 'a' }])
    database.close()
  })

  test('that was left in the middle of a run marks it and removes its files when it is opened', async () => {
    const project = await createProject(folder)
    const run = project.runs.start({ pipeline: 'p', pipelineFile: 'f', seed: 1, at: 5 })
    for (const [position, step] of ['done', 'open', 'next'].entries()) project.stepRuns.add(run, step, position, 'a/b')
    project.stepRuns.end(run, 'done', { status: 'succeeded', seconds: 1, attempts: 1, error: undefined })
    project.stepRuns.end(run, 'open', { status: 'running', seconds: 0, attempts: 1, error: undefined })
    const left = join(folder, 'artifacts', 'tmp', 'r0001', 'open')
    await mkdir(left, { recursive: true })
    await writeFile(join(left, 'half'), 'x')
    project.close()
    const again = await openProject(folder)
    expect(again.runs.get(run)?.status).toBe('interrupted')
    expect(again.stepRuns.ofRun(run).map((step) => step.status)).toEqual(['succeeded', 'interrupted', 'skipped'])
    expect(existsSync(left)).toBe(false)
    again.close()
  })
})
