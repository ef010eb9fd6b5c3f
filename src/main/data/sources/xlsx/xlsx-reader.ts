import { basename } from 'node:path'
import type { DataEngine } from '../../engine.ts'
import type { Finding } from '../../finding.ts'
import type { OpenSource, SourceColumn, SourceOptions, SourceReader } from '../source-reader.ts'
import { openSpool } from '../spool.ts'
import { uniqueNames } from '../unique-names.ts'
import { chooseSheet } from './choose-sheet.ts'
import { columnLetters } from './cell-ref.ts'
import { isOldOffice, refuseOldOffice } from './old-office.ts'
import { openArchive, type Archive } from './open-archive.ts'
import { readNumberFormats } from './number-formats.ts'
import { readWorkbook, type Sheet } from './read-workbook.ts'
import { readSharedStrings } from './shared-strings.ts'
import { readSheet, type SheetTable } from './read-sheet.ts'
import type { CellTables } from './sheet-rows.ts'

/** Excel workbooks (Office Open XML). */
export const xlsxReader: SourceReader = {
  id: 'xlsx',
  label: 'Excel workbook (XLSX)',
  extensions: ['.xlsx', '.xlsm'],
  recognises: (beginning) => beginning.subarray(0, 4).toString('latin1') === 'PK\x03\x04' || isOldOffice(beginning),
  open: openXlsx,
}

async function openXlsx(engine: DataEngine, path: string, options: SourceOptions): Promise<OpenSource> {
  refuseOldOffice(path)
  const archive = await openArchive(path)
  try {
    const workbook = await readWorkbook(path, archive)
    const meanings = await readNumberFormats(path, archive, workbook.styles)
    const strings = await readSharedStrings(engine, path, archive, workbook.sharedStrings, options.watch === undefined ? {} : { watch: options.watch })
    try {
      const tables: CellTables = { strings, meanings, from1904: workbook.from1904 }
      const { sheet, findings } = await chooseSheet(path, archive, workbook.sheets, tables, options.sheet)
      return await openSheet(engine, path, archive, sheet, tables, options, findings)
    } finally {
      await strings.close()
    }
  } finally {
    archive.close()
  }
}

async function openSheet(
  engine: DataEngine,
  path: string,
  archive: Archive,
  sheet: Sheet,
  tables: CellTables,
  options: SourceOptions,
  findings: readonly Finding[],
): Promise<OpenSource> {
  const spool = await openSpool(engine, path)
  try {
    const table = await readSheet(path, archive, sheet, tables, spool, options)
    const from = spool.finish(table.names?.length)
    const { columns, findings: naming } = namedColumns(table)
    return {
      from,
      columns,
      about: { file: basename(path), format: 'xlsx', encoding: null, delimiter: null, quote: null, header: table.names !== undefined, decimal: null, part: sheet.name },
      findings: [...findings, ...naming, ...table.findings],
      explain: (_engine, error) => Promise.resolve(error),
      close: () => spool.remove(),
    }
  } catch (error) {
    await spool.remove()
    throw error
  }
}

/** Columns that have a name or a value; those of a table without names are called by their letters. */
function namedColumns({ names, filled }: SheetTable): { readonly columns: readonly SourceColumn[]; readonly findings: readonly Finding[] } {
  const width = Math.max(names?.length ?? 0, filled.length)
  const used = Array.from({ length: width }, (_, column) => column).filter((column) => (names?.[column] ?? '') !== '' || (filled[column] ?? 0) > 0)
  const raw = used.map((column) => (names === undefined ? columnLetters(column) : (names[column] ?? '')))
  const { names: final, findings } = uniqueNames(raw)
  return { columns: used.map((column, index) => ({ name: final[index] ?? '', expression: `c${column}`, sqlType: 'VARCHAR' })), findings }
}
