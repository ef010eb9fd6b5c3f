import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAbortFlag } from '../../../src/main/base/abort.ts'
import { importFile } from '../../../src/main/services/datasets.ts'
import { profileVersion } from '../../../src/main/services/profiles.ts'
import { showRows, writeRowsFile } from '../../../src/main/services/rows.ts'
import { temporaryProject } from '../store/temporary-project.ts'

type Temporary = Awaited<ReturnType<typeof temporaryProject>>
let place: Temporary
const effects = () => ({ signal: createAbortFlag() })

beforeAll(async () => {
  place = await temporaryProject()
  const file = join(place.folder, 'people.csv')
  await writeFile(file, `name,age\n${Array.from({ length: 50 }, (_, i) => `${i === 3 ? '=1+1' : `n${i}`},${i}`).join('\n')}\n`)
  await importFile(place.project, file, {}, effects())
})
afterAll(() => place.dispose())

describe('a dataset of a project', () => {
  it('is profiled once for the same question', async () => {
    const first = await profileVersion(place.project, { dataset: 'people', target: 'age' }, effects())
    expect(first).toMatchObject({ dataset: 'people', version: 1, reused: false, profile: { rows: 50, target: 'age' } })
    expect((await readFile(first.page, 'utf8')).startsWith('<!doctype html>')).toBe(true)
    const again = await profileVersion(place.project, { dataset: 'people@1', target: 'age' }, effects())
    expect(again).toMatchObject({ reused: true, profile: first.profile })
    await expect(profileVersion(place.project, { dataset: 'peopel' }, effects())).rejects.toThrow('It has: people')
    await expect(profileVersion(place.project, { dataset: 'people', target: 'aeg' }, effects())).rejects.toThrow('Did you mean "age"?')
  })

  it('is compared with another', async () => {
    const { profile } = await profileVersion(place.project, { dataset: 'people', compare: 'people', group: 'name' }, effects())
    expect(profile.overlap).toMatchObject({ rows: 50, shared: 50, groups: { shared: 50 } })
  })

  it('is shown by pages and written as CSV, formulas guarded unless asked', async () => {
    const request = { dataset: 'people', offset: 0, sort: ['age:desc'], where: ['age < 5'] }
    const shown = await showRows(place.project, { ...request, rows: 2 }, effects())
    expect(shown).toMatchObject({ total: 5, page: { rows: 2 } })
    const output = join(place.folder, 'out.csv')
    await writeRowsFile(place.project, { ...request, output, formulas: 'guard' }, effects())
    expect(await readFile(output, 'utf8')).toBe("name,age\nn4,4\n'=1+1,3\nn2,2\nn1,1\nn0,0\n")
    await writeRowsFile(place.project, { ...request, output, formulas: 'keep' }, effects())
    expect(await readFile(output, 'utf8')).toContain('\n=1+1,3\n')
    await expect(showRows(place.project, { ...request, sort: ['age:down'], rows: 1 }, effects())).rejects.toThrow('is no order to sort in')
  })
})
