import { posix } from 'node:path'
import { MillraceError } from '#shared/errors.ts'
import type { Archive } from './open-archive.ts'
import { parseXml } from './parse-xml.ts'

/** A sheet of cells: its name and the part of the archive that holds it. */
export type Sheet = { readonly name: string; readonly part: string; readonly hidden: boolean }

/** What a workbook says about itself. */
export type Workbook = {
  readonly sheets: readonly Sheet[]
  /** True where day 0 is 1904-01-01, as old workbooks of the Macintosh have it. */
  readonly from1904: boolean
  /** Parts, where the workbook has them. */
  readonly sharedStrings: string | undefined
  readonly styles: string | undefined
}

type Relationship = { readonly id: string; readonly type: string; readonly target: string }

/** Reads the list of sheets; an archive that is no workbook is an error that says what it is. */
export async function readWorkbook(file: string, archive: Archive): Promise<Workbook> {
  const main = (await relationshipsOf(file, archive, '')).find(({ type }) => type.endsWith('/officeDocument'))?.target
  if (main === undefined || !main.endsWith('.xml') || !archive.names.has(main)) throw noWorkbook(file, archive)
  const relationships = await relationshipsOf(file, archive, main)
  const named: { name: string; id: string; hidden: boolean }[] = []
  let from1904 = false
  let isWorkbook = false
  await parseXml(file, await archive.read(main), {
    open(name, attributes) {
      if (name === 'workbook') isWorkbook = true
      if (name === 'workbookPr') from1904 ||= attributes['date1904'] === '1' || attributes['date1904'] === 'true'
      if (name === 'sheet') named.push({ name: attributes['name'] ?? '', id: relationshipId(attributes), hidden: (attributes['state'] ?? 'visible') !== 'visible' })
    },
  })
  if (!isWorkbook) throw noWorkbook(file, archive)
  const sheets = named.flatMap(({ name, id, hidden }): Sheet[] => {
    const found = relationships.find((relationship) => relationship.id === id && relationship.type.endsWith('/worksheet'))
    return found === undefined ? [] : [{ name, part: found.target, hidden }]
  })
  const partOf = (kind: string): string | undefined => relationships.find(({ type, target }) => type.endsWith(`/${kind}`) && archive.names.has(target))?.target
  return { sheets, from1904, sharedStrings: partOf('sharedStrings'), styles: partOf('styles') }
}

/** The id by which a sheet names its part; its prefix differs between programs. */
function relationshipId(attributes: Readonly<Record<string, string>>): string {
  return Object.entries(attributes).find(([name]) => name === 'r:id' || name.endsWith(':id'))?.[1] ?? ''
}

/** What a part refers to, targets as names in the archive. */
async function relationshipsOf(file: string, archive: Archive, part: string): Promise<Relationship[]> {
  const folder = posix.dirname(part)
  const name = posix.join(part === '' ? '' : folder, '_rels', `${posix.basename(part)}.rels`)
  if (!archive.names.has(name)) return []
  const found: Relationship[] = []
  await parseXml(file, await archive.read(name), {
    open(tag, { Id: id = '', Type: type = '', Target: target = '', TargetMode: mode }) {
      if (tag !== 'Relationship' || mode === 'External') return
      found.push({ id, type, target: target.startsWith('/') ? target.slice(1) : posix.join(part === '' ? '' : folder, target) })
    },
  })
  return found
}

function noWorkbook(file: string, archive: Archive): MillraceError {
  const names = [...archive.names]
  const has = (start: string): boolean => names.some((name) => name.startsWith(start))
  const [what, nextStep] = has('xl/workbook.bin')
    ? ['a binary workbook (XLSB)', 'Save it as an Excel workbook (XLSX).']
    : has('content.xml')
      ? ['an OpenDocument file (ODS)', 'Save it as an Excel workbook (XLSX) or as CSV.']
      : has('word/') || has('ppt/')
        ? ['a document or presentation', 'Copy its table into a spreadsheet and save that as XLSX or CSV.']
        : ['a ZIP archive', `Unpack it and read the files in it${names.length === 0 ? '' : ` (${names.slice(0, 3).join(', ')}${names.length > 3 ? ', …' : ''})`}.`]
  return new MillraceError({
    code: 'invalid-data',
    headline: 'The file is no workbook that can be read',
    message: `${file} is ${what}, not an Excel workbook (XLSX).`,
    nextStep,
    details: { file },
  })
}
