import { mkdir, readFile, writeFile } from 'node:fs/promises'
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
  await writeFile(join(project, 'data.csv'), smallRows(300, { label: true }))
})
afterAll(() => folder.remove())

async function json(...args: string[]): Promise<unknown> {
  return JSON.parse((await millrace(project, ...args, '--json')).out)
}

describe('validation rows', () => {
  it('are set aside by the split and judge the model, and every place that shows the score says so', async () => {
    await writeFile(join(project, 'small.yaml'), smallPipeline((text) => text.replace('test: 0.25', 'test: 0.2, validation: 0.2').replace('folds: 0', 'folds: 5')))
    const ran = await millrace(project, 'run', 'small.yaml')
    expect(ran).toMatchObject({ code: 0 })
    expect(await json('models', 'list')).toMatchObject({ models: [{ validation: { metric: 'roc_auc', rows: 60 } }] })
    expect((await millrace(project, 'models', 'show', 'small')).out).toMatch(/validation\s+roc_auc 0\.\d+ ± 0\.\d+ on 60 rows/)
    expect((await millrace(project, 'models', 'list')).out).toContain('on 60 rows')
    await json('export', 'small', '--format', 'report', '--out', join(folder.path, 'report.html'))
    expect(await readFile(join(folder.path, 'report.html'), 'utf8')).toContain('By 60 validation rows, the spread over 5 parts of them; the test rows took no part.')
    await json('export', 'small', '--format', 'card', '--out', join(folder.path, 'card.md'))
    expect(await readFile(join(folder.path, 'card.md'), 'utf8')).toContain('On 60 validation rows: ROC AUC')
  })

  it('may be named by a column or not: without them folds judge, and a step that must have them says what is missing', async () => {
    const rows = smallRows(200, { label: true }).trimEnd().split('\n')
    await writeFile(join(project, 'parts.csv'), `${rows.map((row, at) => `${row},${at === 0 ? 'part' : at % 4 === 0 ? 'test' : 'train'}`).join('\n')}\n`)
    const pipeline = smallPipeline((text) => text.replace('data.csv', 'parts.csv').replace('test: 0.25', 'column: part').replace('folds: 0', 'folds: 5'))
    await writeFile(join(project, 'parts.yaml'), pipeline)
    expect(await millrace(project, 'run', 'parts.yaml')).toMatchObject({ code: 0 })
    expect((await millrace(project, 'models', 'show', 'small')).out).toMatch(/cross-validation\s+roc_auc/)
    await writeFile(join(project, 'sql.yaml'), `${pipeline}  - { id: look, uses: prepare/sql, needs: [split], with: { query: "SELECT * FROM v", inputs: { v: split.validation } } }\n`)
    expect(await refused(project, 'run', 'sql.yaml')).toMatchObject({ code: 'invalid-data', headline: 'Step "split" gave no "validation"' })
  })
})
