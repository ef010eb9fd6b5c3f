import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { runCli } from '../../../src/main/hosts/cli/cli.ts'
import { initProject } from '../../../src/main/services/projects.ts'
import { fakeTerminal } from './fake-terminal.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace import '))
  await initProject(join(folder, 'project'))
  await mkdir(join(folder, 'logs'))
  await writeFile(join(folder, 'logs', 'a.csv'), 'id,v\n1,x\n2,y\n')
  await writeFile(join(folder, 'logs', 'b.json'), '[{"id":3,"v":"z"}]')
})
afterAll(() => rm(folder, { recursive: true }))

async function importing(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const { terminal, interrupt, out, err } = fakeTerminal({ cwd: folder })
  const code = await runCli(['--project', join(folder, 'project'), 'import', ...args], terminal, interrupt)
  return { code, out: out(), err: err() }
}
const datasetSchema = z.object({ dataset: z.string(), rows: z.number(), source: z.looseObject({ format: z.string(), files: z.number().optional(), part: z.string().optional() }) })
const imported = async (...args: string[]) => datasetSchema.parse(JSON.parse((await importing(...args, '--json')).out))

describe('import', () => {
  it('takes a folder, a pattern or joined files as one dataset', async () => {
    expect(await imported('logs')).toMatchObject({ dataset: 'logs', rows: 3, source: { format: 'files', files: 2 } })
    expect(await imported('logs/*.csv')).toMatchObject({ dataset: 'logs', rows: 2, source: { format: 'files', files: 1 } })
    expect(await imported('logs/a.csv', 'logs/b.json', '--union', '--name', 'both')).toMatchObject({ dataset: 'both', rows: 3, source: { files: 2 } })
  })

  it('reads a table of a database, named after it', async () => {
    const database = new Database(join(folder, 'shop.db'))
    database.exec('CREATE TABLE a (x); CREATE TABLE b (y); INSERT INTO b VALUES (1), (2)')
    database.close()
    expect(await imported('shop.db', '--table', 'b')).toMatchObject({ dataset: 'b', rows: 2, source: { format: 'sqlite', part: 'b' } })
    const without = await importing('shop.db')
    expect([without.code, without.err]).toEqual([1, expect.stringContaining('a (0 rows), b (2 rows)')])
  })

  it('shows what was imported before a file failed', async () => {
    const text = await importing('logs/a.csv', 'gone.csv')
    expect(text).toMatchObject({ code: 1, out: expect.stringContaining('Dataset a version 1: 2 rows') as string, err: expect.stringContaining('gone.csv') as string })
    const { out } = await importing('logs/a.csv', 'gone.csv', '--json')
    expect(JSON.parse(out)).toMatchObject({ error: { code: 'not-found', details: { imports: [{ dataset: 'a', rows: 2 }] } } })
  })
})
