import { globSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname, extname, join, sep } from 'node:path'
import { MillraceError } from '#shared/errors.ts'
import { sourceReaders } from '../index.ts'

/** Where a table comes from: a file, a folder, a pattern such as `data/*.csv`, or a list of these. */
export type SourcePlace = string | readonly string[]

/** A place as messages name it. */
export function placeText(place: SourcePlace): string {
  if (typeof place === 'string') return place
  return place.length === 1 ? (place[0] ?? '') : `${place[0] ?? ''} and ${place.length - 1} more`
}

/** The files of a place in order, and those of its folders that were passed over. */
export type FileList = { readonly files: readonly string[]; readonly passedOver: readonly string[] }

/** True where a place names one file that is there, or nothing that is there: what opening it will say. */
export function isOneFile(place: SourcePlace): place is string {
  if (typeof place !== 'string') return false
  const found = statSync(place, { throwIfNoEntry: false })
  return found === undefined ? !isPattern(place) : !found.isDirectory()
}

/**
 * The files of a place, each once: of a folder those in it (not in folders below) by name, of a pattern those that match by
 * path, of a list one after the other. Hidden files (`.name`, `_name`) are passed over, and in folders those of no known ending
 * where others have one.
 */
export function listFiles(place: SourcePlace): FileList {
  const lists = (typeof place === 'string' ? [place] : place).map(filesOf)
  return { files: [...new Set(lists.flatMap(({ files }) => files))], passedOver: lists.flatMap(({ passedOver }) => passedOver) }
}

function filesOf(path: string): FileList {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined && isPattern(path)) return matches(path)
  return found?.isDirectory() === true ? folder(path) : { files: [path], passedOver: [] }
}

function folder(path: string): FileList {
  const entries = readdirSync(path, { withFileTypes: true }).filter((entry) => !isHidden(entry.name))
  const files = inOrder(entries.filter((entry) => !entry.isDirectory() && statSync(join(path, entry.name), { throwIfNoEntry: false })?.isFile() === true).map((entry) => join(path, entry.name)))
  const known = new Set(sourceReaders.flatMap((reader) => reader.extensions))
  const tables = files.filter((file) => known.has(extname(file).toLowerCase()))
  if (files.length > 0) return tables.length === 0 ? { files, passedOver: [] } : { files: tables, passedOver: files.filter((file) => !tables.includes(file)) }
  const below = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  throw new MillraceError({
    code: 'invalid-data',
    headline: 'The folder holds no files',
    message: `${path} holds ${below.length === 0 ? 'nothing to read' : `only folders (${below.slice(0, 3).join(', ')}${below.length > 3 ? ', …' : ''})`}.`,
    nextStep: below.length === 0 ? 'Name another folder.' : `Files in folders below it are read with a pattern: ${join(path, '**', '*.csv')}`,
    details: { file: path },
  })
}

function matches(pattern: string): FileList {
  const { base, rest } = splitPattern(pattern)
  const found = globSync(rest, { cwd: base }).map((path) => join(base, path))
  const files = inOrder(found.filter((file) => !isHidden(basename(file)) && statSync(file, { throwIfNoEntry: false })?.isFile() === true))
  if (files.length > 0) return { files, passedOver: [] }
  throw new MillraceError({
    code: 'not-found',
    headline: 'No file matches the pattern',
    message: `${pattern} matches no file.`,
    nextStep: 'Check the folder and the pattern: * stands for any part of a name, ** for any folders. In a pipeline the path is relative to its file.',
    details: { file: pattern },
  })
}

/** The folders at the beginning of a pattern that are there by just these names, whatever signs the names hold, and the pattern below them. */
export function splitPattern(pattern: string): { readonly base: string; readonly rest: string } {
  const parts = pattern.split(sep)
  let known = 0
  while (known < parts.length - 1 && statSync(parts.slice(0, known + 1).join(sep) || sep, { throwIfNoEntry: false })?.isDirectory() === true) known++
  return { base: known === 0 ? '.' : parts.slice(0, known).join(sep) || sep, rest: parts.slice(known).join(sep) }
}

/** True where a path holds signs of a pattern: `*`, `?`, `[…]` or `{…}`. */
export function isPattern(path: string): boolean {
  return /[*?[\]{}]/.test(path)
}

function isHidden(name: string): boolean {
  return name.startsWith('.') || name.startsWith('_')
}

/** By path, code unit by code unit: the same on every machine. */
function inOrder(paths: readonly string[]): string[] {
  return paths.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
}

/** Names of files that tell them apart: without the folders that all have in common. */
export function shortNames(files: readonly string[]): readonly string[] {
  const parts = files.map((file) => dirname(file).split(sep))
  const first = parts[0] ?? []
  let common = 0
  while (common < first.length && parts.every((folders) => folders[common] === first[common])) common++
  return files.map((file, index) => [...(parts[index] ?? []).slice(common), basename(file)].join('/'))
}
