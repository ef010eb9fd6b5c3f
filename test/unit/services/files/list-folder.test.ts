import { chmodSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { sourceReaders } from '../../../../src/main/data/sources/index.ts'
import { dataExtensions } from '../../../../src/main/data/sources/data-extensions.ts'
import { createFolderDesk } from '../../../../src/main/services/files/list-folder.ts'

const desk = createFolderDesk()
const root = mkdtempSync(join(tmpdir(), 'millrace-files-'))

function folderWith(name: string, files: readonly string[]): string {
  const folder = join(root, name)
  mkdirSync(folder)
  for (const file of files) writeFileSync(join(folder, file), 'x'.repeat(file.length))
  return folder
}

afterAll(() => desk.close())

test('the list of endings is that of the readers', () => {
  expect([...dataExtensions].toSorted()).toEqual(sourceReaders.flatMap(({ extensions }) => extensions).toSorted())
})

test('folders come first, then files that can be read; hidden ones and others are left out', async () => {
  const folder = folderWith('mixed', ['b10.csv', 'b9.CSV', '.hidden.csv', 'notes.md', 'a.parquet', 'churn.yaml'])
  mkdirSync(join(folder, 'zoo'))
  mkdirSync(join(folder, 'project'))
  mkdirSync(join(folder, '.git'))
  writeFileSync(join(folder, 'project', 'project.db'), '')
  const { entries, parent, leftOut } = await desk.list({ folder, show: 'data' }, [])
  expect(entries.map(({ name, kind, project, bytes }) => [name, kind, project, bytes])).toEqual([
    ['project', 'folder', true, 0],
    ['zoo', 'folder', false, 0],
    ['a.parquet', 'file', false, 9],
    ['b9.CSV', 'file', false, 6],
    ['b10.csv', 'file', false, 7],
  ])
  expect(entries[2]?.path).toBe(join(folder, 'a.parquet'))
  expect({ parent, leftOut }).toEqual({ parent: root, leftOut: 0 })
  const names = async (show: 'any' | 'folder' | 'pipeline'): Promise<string[]> => (await desk.list({ folder, show }, [])).entries.map(({ name }) => name)
  expect(await names('pipeline')).toEqual(['project', 'zoo', 'churn.yaml'])
  expect(await names('folder')).toEqual(['project', 'zoo'])
  expect(await names('any')).toEqual(['project', 'zoo', 'a.parquet', 'b9.CSV', 'b10.csv', 'churn.yaml', 'notes.md'])
})

test('links are what they lead to; those that lead nowhere are left out', async () => {
  const folder = folderWith('links', ['real.csv'])
  symlinkSync(join(folder, 'real.csv'), join(folder, 'linked.csv'))
  symlinkSync(root, join(folder, 'up'))
  symlinkSync(join(folder, 'gone'), join(folder, 'broken.csv'))
  const { entries } = await desk.list({ folder, show: 'data' }, [])
  expect(entries.map(({ name, kind }) => [name, kind])).toEqual([['up', 'folder'], ['linked.csv', 'file'], ['real.csv', 'file']])
})

test('of very many entries the first are shown, and how many are left out', async () => {
  const folder = folderWith('many', Array.from({ length: 2500 }, (_, i) => `part-${String(i)}.csv`))
  const { entries, leftOut } = await desk.list({ folder, show: 'data' }, [])
  expect(entries).toHaveLength(2000)
  expect(entries[1999]?.name).toBe('part-1999.csv')
  expect(leftOut).toBe(500)
})

test('null is the home folder, and places lead to it and to what is there of Millrace', async () => {
  const own = folderWith('Millrace', [])
  const { folder, places } = await desk.list({ folder: null, show: 'folder' }, [own, join(root, 'not-there')])
  expect(folder).toBe(homedir())
  expect(places[0]).toEqual({ name: 'Home', path: homedir() })
  expect(places).toContainEqual({ name: 'Millrace', path: own })
  expect(places.some(({ name }) => name === 'not-there')).toBe(false)
})

test.each([
  ['what is not there', join(root, 'nothing'), 'There is no such folder'],
  ['a file', join(folderWith('single', ['a.csv']), 'a.csv'), 'This is no folder'],
  ['a path from nowhere', 'data', 'The path of a folder begins at the root of a disk'],
])('%s is an error that says so', async (_, folder, headline) => {
  await expect(desk.list({ folder, show: 'data' }, [])).rejects.toMatchObject({ data: { headline, details: { file: folder } } })
})

test.skipIf(userInfo().uid === 0)('a folder that may not be read is an error that says so', async () => {
  const folder = folderWith('locked', [])
  chmodSync(folder, 0o000)
  await expect(desk.list({ folder, show: 'data' }, [])).rejects.toMatchObject({ data: { code: 'io', headline: 'The folder may not be looked at' } })
})
