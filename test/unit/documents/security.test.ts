import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../../..')
const document = readFileSync(join(root, 'docs/security.md'), 'utf8')

/** Folders from which the document names files. */
const rooms = ['', 'src/main', 'src/main/hosts/electron', 'src/main/hosts/web', 'test/unit', 'test/unit/hosts', 'test/e2e/window', 'docs'].map((room) => join(root, room))

const placeOf = (name: string): string | undefined => rooms.map((room) => join(room, name)).find((place) => existsSync(place))

const files = [...new Set([...document.matchAll(/`([\w./-]+\.(?:ts|json))`/g)].map(([, name = '']) => name))]
const proofs = [...document.matchAll(/`([\w./-]+\.(?:test|spec)\.ts)`: ([^|·\n]+)/g)].map(([, file = '', title = '']): [string, string] => [file, title.trim()])

test('names its proofs', () => {
  expect(proofs.length).toBeGreaterThan(40)
  // A test that is named without saying which of its cases proves the point proves nothing.
  expect(files.filter((name) => /\.(test|spec)\.ts$/.test(name) && name !== 'documents/security.test.ts').filter((name) => !proofs.some(([file]) => file === name))).toEqual([])
})

test.each(files)('the file %s is there', (name) => {
  expect(placeOf(name)).toBeDefined()
})

test.each(proofs)('%s has the case "%s"', (file, title) => {
  const titles = readFileSync(placeOf(file) ?? '', 'utf8').split('\n')
  const pieces = title.split('…').map((piece) => piece.trim()).filter((piece) => piece !== '')
  expect(titles.some((line) => pieces.every((piece) => line.includes(piece)))).toBe(true)
})

test('no source opens an address in another program', () => {
  const sources = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  expect(sources.filter(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8').includes('openExternal'))).toEqual([])
})

test('Electron is of one exact version', () => {
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly devDependencies: Readonly<Record<string, string>> }
  expect(devDependencies['electron']).toMatch(/^\d+\.\d+\.\d+$/)
})
