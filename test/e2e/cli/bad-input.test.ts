import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
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
})
afterAll(() => folder.remove())

/** Imports a file of that content; returns the refusal. */
async function importing(name: string, content: string | Uint8Array): ReturnType<typeof refused> {
  await writeFile(join(project, name), content)
  return refused(project, 'import', name)
}

/** Runs the small pipeline over other rows; returns the refusal. */
async function running(rows: string, change?: (text: string) => string): ReturnType<typeof refused> {
  await writeFile(join(project, 'odd.csv'), rows)
  await writeFile(join(project, 'odd.yaml'), smallPipeline(change).replace('data.csv', 'odd.csv'))
  return refused(project, 'run', 'odd.yaml')
}

async function lint(text: string): ReturnType<typeof refused> {
  await writeFile(join(project, 'wrong.yaml'), text)
  return refused(project, 'run', 'wrong.yaml')
}

describe('files that cannot be imported', () => {
  it('missing', async () => {
    expect(await refused(project, 'import', 'nowhere.csv')).toMatchObject({ exitCode: 1, code: 'not-found', message: expect.stringContaining('nowhere.csv') })
  })
  it('a folder', async () => {
    expect(await refused(project, 'import', 'artifacts')).toMatchObject({ exitCode: 1, message: expect.stringContaining('artifacts') })
  })
  it('empty', async () => {
    expect(await importing('empty.csv', '')).toMatchObject({ exitCode: 1, code: 'invalid-data', headline: 'The file is empty' })
  })
  it('only a header', async () => {
    expect(await importing('header.csv', 'a,b\n')).toMatchObject({ exitCode: 1, code: 'invalid-data', message: expect.stringContaining('only a header') })
  })
  it('junk with the name of a table', async () => {
    const junk = Uint8Array.from({ length: 4096 }, (_, i) => (i * 7919) % 256)
    expect(await importing('junk.csv', junk)).toMatchObject({ exitCode: 1, code: 'invalid-data', message: expect.stringContaining('junk.csv') })
  })
  it('ragged, named by line', async () => {
    const { exitCode, message, details } = await importing('ragged.csv', 'a,b,c\n1,2,3\n4,5\n6,7,8\n')
    expect(exitCode).toBe(1)
    expect(message).toContain('ragged.csv')
    expect(details).toMatchObject({ line: 3 })
  })
  it('ragged, with what lets each command go on', async () => {
    const content = 'x,colour,label\n1,red,yes\n4,blue\n6,red,no\n'
    expect((await importing('ragged.csv', content)).nextStep).toContain('--ragged pad')
    expect((await running(content)).nextStep).toContain('--set ingest.ragged=pad')
  })
  it('options that no file can be read with', async () => {
    for (const option of [['--delimiter', ';;'], ['--type', 'a=colour'], ['--name', '']]) {
      const { exitCode, code, message } = await refused(project, 'import', 'ragged.csv', ...option)
      expect({ exitCode, code }).toEqual({ exitCode: 1, code: 'invalid-parameter' })
      expect(message).not.toContain('ragged.csv')
    }
  })
  it('leave nothing half-written', async () => {
    const listed = await millrace(project, 'datasets', '--json')
    expect(JSON.parse(listed.out)).toMatchObject({ datasets: [] })
    expect(await readdir(join(project, 'artifacts', 'tmp'))).toEqual([])
  })
})

describe('column names are only names', () => {
  it.each([
    ['quotes and SQL', '"a""b","x; DROP TABLE t; --"\n1,2\n3,4\n', ['a"b', 'x; DROP TABLE t; --']],
    ['line breaks', '"two\nlines",b\n1,2\n3,4\n', ['two\nlines', 'b']],
  ])('%s', async (name, content, expected) => {
    await writeFile(join(project, 'names.csv'), content)
    const { code, out } = await millrace(project, 'import', 'names.csv', '--name', name, '--json')
    expect(code, out).toBe(0)
    expect((JSON.parse(out) as { columns: { name: string }[] }).columns.map((column) => column.name)).toEqual(expected)
  })
  it.each([['twice', 'a,a\n1,2\n3,4\n'], ['empty', 'a,\n1,2\n3,4\n']])('%s: made unique, and said', async (name, content) => {
    await writeFile(join(project, 'names.csv'), content)
    const { code, out } = await millrace(project, 'import', 'names.csv', '--name', name, '--json')
    expect(code, out).toBe(0)
    const imported = JSON.parse(out) as { columns: { name: string }[]; findings: { message: string }[] }
    expect(new Set(imported.columns.map((column) => column.name)).size).toBe(2)
    expect(imported.findings.length).toBeGreaterThan(0)
  })
})

describe('data that nothing can be learnt from', () => {
  const rows = (lines: readonly string[]): string => `id,x,colour,label\n${lines.join('\n')}\n`
  const many = (label: (i: number) => string): string => rows(Array.from({ length: 60 }, (_, i) => `k${String(i)},${String(i % 7)},red,${label(i)}`))

  it('the target is not there', async () => {
    expect(await running(smallRows(100, { label: false }))).toMatchObject({ exitCode: 1, message: expect.stringContaining('label') })
  })
  it('the target is constant', async () => {
    expect(await running(many(() => 'yes'))).toMatchObject({ exitCode: 1, details: { column: 'label' } })
  })
  it('the target is missing everywhere', async () => {
    expect(await running(many(() => ''))).toMatchObject({ exitCode: 1, details: { column: 'label' } })
  })
  it('one of two classes has one row', async () => {
    const failed = await running(many((i) => (i === 7 ? 'yes' : 'no')))
    expect(failed).toMatchObject({ exitCode: 1, details: { column: 'label', row: 8, value: 'yes' } })
  })
  it('one row', async () => {
    expect((await running(rows(['k1,1,red,yes']))).exitCode).toBe(1)
  })
  it('one column', async () => {
    expect((await running('label\nyes\nno\nyes\nno\n', (text) => text.replace('drop: [id]', 'drop: []'))).exitCode).toBe(1)
  })
  it('every feature is constant', async () => {
    const constant = rows(Array.from({ length: 60 }, (_, i) => `k${String(i)},5,red,${i % 2 === 0 ? 'yes' : 'no'}`))
    expect((await running(constant)).exitCode).toBe(1)
  })
  it('a number to predict that is too large, named by row', async () => {
    await writeFile(join(project, 'large.csv'), `id,x,colour,label\n${Array.from({ length: 40 }, (_, i) => `k${String(i)},${String(i)},red,${i === 6 ? '1e308' : String(2 * i)}\n`).join('')}`)
    await writeFile(join(project, 'large.yaml'), smallPipeline((text) => text.replace('binary-classification', 'regression').replace(/^positive.*\n/m, '')).replace('data.csv', 'large.csv'))
    expect(await refused(project, 'run', 'large.yaml')).toMatchObject({ exitCode: 1, details: { row: 7, column: 'label', value: '1e308' } })
  })
  it('records the failed run, and the project goes on', async () => {
    const { out } = await millrace(project, 'runs', '--json')
    const { runs } = JSON.parse(out) as { runs: { status: string; pipeline: string }[] }
    expect(runs.some((run) => run.status === 'failed')).toBe(true)
    expect(await millrace(project, 'run', 'small.yaml')).toMatchObject({ code: 0 })
  })
  it('infinite and huge numbers are no obstacle', async () => {
    const odd = ['NaN', 'Inf', '-Infinity', '1e308', '-1e308']
    const content = rows(Array.from({ length: 200 }, (_, i) => `k${String(i)},${i < 5 ? (odd[i] ?? '') : String((i * 37) % 100)},${i % 3 === 0 ? 'red' : 'blue'},${(i * 37) % 100 > 50 ? 'yes' : 'no'}`))
    await writeFile(join(project, 'huge.csv'), content)
    await writeFile(join(project, 'huge.yaml'), smallPipeline().replace('data.csv', 'huge.csv').replaceAll('small', 'huge'))
    const { code, out, err } = await millrace(project, 'run', 'huge.yaml', '--json')
    expect(code, out + err).toBe(0)
  })
})

describe('pipeline files with mistakes', () => {
  it('missing', async () => {
    expect(await refused(project, 'run', 'nowhere.yaml')).toMatchObject({ exitCode: 1, message: expect.stringContaining('nowhere.yaml') })
  })
  it('an unknown key, with a suggestion', async () => {
    const { exitCode, message, details } = await lint(smallPipeline((text) => text.replace('target:', 'taget:')))
    expect(exitCode).toBe(1)
    expect(message).toContain('target')
    expect(details).toMatchObject({ line: 3 })
  })
  it('an unknown step kind', async () => {
    expect((await lint(smallPipeline((text) => text.replace('prepare/clean', 'prepare/claen')))).message).toContain('prepare/clean')
  })
  it('a cycle', async () => {
    expect((await lint(smallPipeline((text) => text.replace('uses: prepare/clean }', 'uses: prepare/clean, needs: [split] }')))).message).toMatch(/cycle|circle|each other/i)
  })
  it('an alias bomb', async () => {
    const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]', ...'bcdefghij'.split('').map((name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghij'[i] ?? ''}`).join(',')}]`)]
    expect((await lint(bomb.join('\n'))).exitCode).toBe(1)
  })
  it('far too many steps', async () => {
    const steps = Array.from({ length: 5000 }, (_, i) => `  - { id: s${String(i)}, uses: prepare/clean }\n`).join('')
    expect(await lint(`steps:\n${steps}`)).toMatchObject({ exitCode: 1, message: expect.stringContaining('4,000 steps') })
  })
  it('a list of problems that can be read', async () => {
    const { exitCode, message } = await lint(`name: ${'['.repeat(5000)}`)
    expect(exitCode).toBe(1)
    expect(message.split('\n').length).toBeLessThan(12)
  })
  it('not YAML', async () => {
    expect((await lint('steps: [')).exitCode).toBe(1)
  })
  it('an unknown parameter on the command line is a usage error', async () => {
    expect(await refused(project, 'run', 'small.yaml', '--set', 'split.tset=0.3')).toMatchObject({ exitCode: 2, code: 'usage', nextStep: expect.stringContaining('split.test') })
  })
  it('an unknown step on the command line is a usage error', async () => {
    expect(await refused(project, 'run', 'small.yaml', '--force', 'trian')).toMatchObject({ exitCode: 2, headline: expect.stringContaining('train') })
  })
})

describe('predictions that are refused', () => {
  const predict = (input: string, output: string, ...more: string[]): ReturnType<typeof refused> =>
    refused(project, 'predict', '--deployment', 'small', '--input', input, '--output', output, ...more)

  beforeAll(async () => {
    await millrace(project, 'run', 'small.yaml')
    await writeFile(join(project, 'new.csv'), smallRows(20, { label: false }))
  })

  it('an unknown deployment, with those that exist', async () => {
    expect(await refused(project, 'predict', '--deployment', 'smal', '--input', 'new.csv', '--output', 'o.csv')).toMatchObject({ exitCode: 1, headline: expect.stringContaining('"small"') })
  })
  it('neither a model nor a deployment', async () => {
    expect(await refused(project, 'predict', '--input', 'new.csv', '--output', 'o.csv')).toMatchObject({ exitCode: 2, code: 'usage' })
  })
  it('a missing column, named', async () => {
    await writeFile(join(project, 'short.csv'), 'id,x\nk1,2\n')
    expect(await predict('short.csv', 'o.csv')).toMatchObject({ exitCode: 1, details: { column: 'colour' }, message: expect.stringContaining('short.csv') })
  })
  it('text where numbers are read, named by row, column and value; or taken as missing on request', async () => {
    await writeFile(join(project, 'typo.csv'), 'id,x,colour\nk1,2,red\nk2,many,blue\n')
    const error = await predict('typo.csv', 'o.csv')
    expect(error).toMatchObject({ exitCode: 1, details: { row: 2, column: 'x', value: 'many' }, message: expect.stringContaining('typo.csv') })
    expect(error.nextStep).toContain('--on-invalid missing')
    const { code } = await millrace(project, 'predict', '--deployment', 'small', '--input', 'typo.csv', '--output', 'typo-out.csv', '--on-invalid', 'missing')
    expect(code).toBe(0)
    expect((await readFile(join(project, 'typo-out.csv'), 'utf8')).trimEnd().split('\n')).toHaveLength(3)
  })
  it('an output folder that is not there', async () => {
    expect(await predict('new.csv', 'nowhere/o.csv')).toMatchObject({ exitCode: 1, message: expect.stringContaining('nowhere') })
  })
  it('an output that is the input', async () => {
    const before = await readFile(join(project, 'new.csv'), 'utf8')
    expect(await predict('new.csv', './new.csv')).toMatchObject({ exitCode: 1, headline: expect.stringContaining('replace the input') })
    expect(await readFile(join(project, 'new.csv'), 'utf8')).toBe(before)
  })
  it('an output that is a part of the project, a link, or named as Parquet', async () => {
    for (const output of ['project.db', 'artifacts/o.csv']) {
      expect(await predict('new.csv', output)).toMatchObject({ exitCode: 1, headline: 'The output would replace a part of the project' })
    }
    await symlink('elsewhere.csv', join(project, 'link.csv'))
    expect(await predict('new.csv', 'link.csv')).toMatchObject({ exitCode: 1, headline: 'The output is a link' })
    expect(await predict('new.csv', 'o.parquet')).toMatchObject({ exitCode: 1, headline: 'The output is text, not Parquet' })
    expect(await millrace(project, 'runs')).toMatchObject({ code: 0 })
  })
  it('an input that has a column "prediction" already, where it is kept', async () => {
    await writeFile(join(project, 'scored.csv'), 'id,x,colour,prediction\nk1,2,red,no\n')
    expect(await predict('scored.csv', 'o.csv', '--keep-input')).toMatchObject({ exitCode: 1, details: { column: 'prediction' } })
  })
  it('leave no output behind', async () => {
    expect((await readdir(project)).filter((name) => name.startsWith('o.csv'))).toEqual([])
  })
  it('formulas of kept columns are guarded on request; what is predicted stays exact', async () => {
    await writeFile(join(project, 'formula.csv'), 'id,x,colour\n=1+1,2,red\n-3,2,red\n')
    const ids = async (...more: string[]): Promise<string[]> => {
      const { code, out } = await millrace(project, 'predict', '--deployment', 'small', '--input', 'formula.csv', '--output', 'formula-out.csv', '--keep-input', ...more)
      expect(code, out).toBe(0)
      return (await readFile(join(project, 'formula-out.csv'), 'utf8')).trimEnd().split('\n').map((line) => line.split(',')[0] ?? '')
    }
    expect(await ids()).toEqual(['id', '=1+1', '-3'])
    expect(await ids('--formulas', 'guard')).toEqual(['id', "'=1+1", '-3'])
    expect(await predict('formula.csv', 'o.csv', '--formulas', 'guard')).toMatchObject({ exitCode: 2, code: 'usage', nextStep: expect.stringContaining('--keep-input') })
  })
  it('unseen categories are predicted, not refused', async () => {
    await writeFile(join(project, 'unseen.csv'), 'id,x,colour\nk1,2,purple\n')
    expect(await millrace(project, 'predict', '--deployment', 'small', '--input', 'unseen.csv', '--output', 'unseen-out.csv')).toMatchObject({ code: 0 })
  })
})
