import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { ask, awkwardFolder, millrace, refused } from './command-line.ts'
import { smallPipeline } from './small-data.ts'

let folder: Awaited<ReturnType<typeof awkwardFolder>>
let project: string

beforeAll(async () => {
  folder = await awkwardFolder()
  project = join(folder.path, 'project')
  await mkdir(folder.path, { recursive: true })
  await millrace(folder.path, 'init', 'project')
})
afterEach(() => {
  delete process.env['MILLRACE_MEMORY']
})
afterAll(() => folder.remove())

const importSchema = z.looseObject({ rows: z.number(), columns: z.array(z.looseObject({ name: z.string(), type: z.string(), role: z.string(), distinct: z.number() })) })

describe('a table of 10,000 columns', () => {
  beforeAll(async () => {
    const names = Array.from({ length: 10_000 }, (_, column) => `c${String(column)}`)
    const rows = Array.from({ length: 12 }, (_, row) => names.map((_name, column) => String((row * 7 + column * 3) % 11)).join(','))
    await writeFile(join(project, 'wide.csv'), `${names.join(',')}\n${rows.join('\n')}\n`)
  })
  it('is refused with figures where the memory does not do', async () => {
    process.env['MILLRACE_MEMORY'] = '1GB'
    const error = await refused(project, 'import', 'wide.csv')
    expect(error).toMatchObject({ exitCode: 1, code: 'out-of-memory', details: { columns: 10_000 }, message: expect.stringMatching(/10,000 columns.*enough for [\d,]+ columns/) })
    expect(await readdir(join(project, 'artifacts', 'tmp'))).toEqual([])
  })
  it('is imported', async () => {
    const { rows, columns } = await ask(importSchema, project, 'import', 'wide.csv')
    expect(rows).toBe(12)
    expect(columns).toHaveLength(10_000)
    expect(new Set(columns.map(({ type }) => type))).toEqual(new Set(['integer']))
  })
})

describe('a column of 1,000,000 categories', () => {
  beforeAll(async () => {
    const file = createWriteStream(join(project, 'many.csv'))
    file.write('id,x,colour,label\n')
    for (let start = 0; start < 1_000_000; start += 10_000) {
      const lines = Array.from({ length: 10_000 }, (_, at) => {
        const row = start + at
        return `${String(row % 5)},${String(row % 97)},v${String((row * 7919) % 1_000_003)},${row % 97 > 50 ? 'yes' : 'no'}\n`
      })
      if (!file.write(lines.join(''))) await once(file, 'drain')
    }
    file.end()
    await once(file, 'close')
  })
  it('is imported, counted exactly, and known as a key', async () => {
    const { rows, columns } = await ask(importSchema, project, 'import', 'many.csv')
    expect(rows).toBe(1_000_000)
    expect(columns[2]).toMatchObject({ type: 'category', role: 'identifier', distinct: 1_000_000 })
  })
  it('as what is to be predicted is refused', async () => {
    await writeFile(join(project, 'many.yaml'), smallPipeline((text) => text.replace('binary-classification', 'multiclass-classification').replace(/^positive.*\n/m, '').replace('target: label', 'target: colour')).replace('data.csv', 'many.csv'))
    expect(await refused(project, 'run', 'many.yaml')).toMatchObject({ exitCode: 1, message: expect.stringContaining('colour') })
  })
})
