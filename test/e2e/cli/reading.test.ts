import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { ask, awkwardFolder, millrace, refused } from './command-line.ts'
import { smallPipeline, smallRows } from './small-data.ts'

let folder: Awaited<ReturnType<typeof awkwardFolder>>
let project: string

/** Colours with letters that older encodings write in one byte. */
const german = (text: string): string => text.replaceAll('green', 'grün').replaceAll('blue', 'türkis')

beforeAll(async () => {
  folder = await awkwardFolder()
  project = join(folder.path, 'project')
  await mkdir(folder.path, { recursive: true })
  await millrace(folder.path, 'init', 'project')
  await writeFile(join(project, 'data.csv'), german(smallRows(200, { label: true })))
  await writeFile(join(project, 'small.yaml'), smallPipeline())
  const { code, err } = await millrace(project, 'run', 'small.yaml')
  if (code !== 0) throw new Error(err)
})
afterAll(() => folder.remove())

describe('predictions from a file that is written otherwise than the training data', () => {
  const rows = german(smallRows(40, { label: false, seed: 5 }))
  const predicted = async (name: string, content: string | Uint8Array, ...options: string[]): Promise<string> => {
    await writeFile(join(project, name), content)
    const { code, err } = await millrace(project, 'predict', '--deployment', 'small', '--input', name, '--output', `${name}.out`, ...options)
    expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' })
    return readFile(join(project, `${name}.out`), 'utf8')
  }

  it('are the same in every encoding and dialect, found out or said', async () => {
    const plain = await predicted('plain.csv', rows)
    const semicolons = rows.replaceAll(',', ';').replaceAll('.', ',')
    const latin = Buffer.from(`# export\n${semicolons}`, 'latin1')
    expect(await predicted('utf16.csv', Buffer.from(`\ufeff${rows}`, 'utf16le'))).toBe(plain)
    expect(await predicted('found.csv', latin)).toBe(plain)
    expect(await predicted('said.csv', latin, '--encoding', 'latin-1', '--delimiter', ';', '--decimal', ',', '--comment', '#', '--header')).toBe(plain)
    const short = await predicted('short.csv', rows.replace(/,[^,\n]*\n$/, '\n'), '--ragged', 'pad')
    expect(short.split('\n').slice(0, -2)).toEqual(plain.split('\n').slice(0, -2))
  })

  it('are refused with the option that helps', async () => {
    await writeFile(join(project, 'mixed.csv'), Buffer.concat([Buffer.from(rows), Buffer.from('k99,1.5,gr\xfcn\n', 'latin1')]))
    const error = await refused(project, 'predict', '--deployment', 'small', '--input', 'mixed.csv', '--output', 'o.csv')
    expect(error).toMatchObject({ exitCode: 1, headline: 'The file mixes encodings', details: { line: 42 }, nextStep: expect.stringContaining('--encoding') })
  })
})

describe('import', () => {
  it('says encoding and confidence, and takes another', async () => {
    await writeFile(join(project, 'cafe.csv'), Buffer.from('name;n\nCaf\xe9;1\nTh\xe9;2\n', 'latin1'))
    const schema = z.looseObject({ source: z.looseObject({ encoding: z.string(), encodingConfidence: z.number() }), rows: z.number() })
    const found = await ask(schema, project, 'import', 'cafe.csv')
    expect([found.source.encoding, found.rows]).toEqual(['latin-1', 2])
    expect(found.source.encodingConfidence).toBeLessThan(1)
    const said = await ask(schema, project, 'import', 'cafe.csv', '--encoding', 'windows-1250')
    expect(said.source).toMatchObject({ encoding: 'windows-1250', encodingConfidence: 1 })
  })
})
