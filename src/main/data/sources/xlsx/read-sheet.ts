import { MillraceError } from '#shared/errors.ts'
import type { Finding } from '../../finding.ts'
import { noRecords } from '../no-records.ts'
import type { SourceOptions } from '../source-reader.ts'
import type { Spool } from '../spool.ts'
import { findTable, type TableStart } from './find-table.ts'
import { createMergeFiller, readMergedBlocks } from './merged-cells.ts'
import type { Archive } from './open-archive.ts'
import type { Sheet } from './read-workbook.ts'
import { readRows, type CellTables, type SheetFacts, type SheetRow } from './sheet-rows.ts'

/** The table of a sheet; its rows went into the spool, cells by the sheet's own columns. */
export type SheetTable = {
  /** Names by column, '' where the header is empty; undefined where the sheet names no columns. */
  readonly names: readonly string[] | undefined
  /** Rows with a value, by column. */
  readonly filled: readonly number[]
  readonly findings: readonly Finding[]
}

/** Filled rows that are looked at to find the header. */
const SAMPLE_ROWS = 100

/** Streams the table of a sheet into `spool`: titles above the header left out, merged cells filled, empty rows skipped. */
export async function readSheet(file: string, archive: Archive, sheet: Sheet, tables: CellTables, spool: Spool, options: SourceOptions): Promise<SheetTable> {
  const merges = createMergeFiller(await readMergedBlocks(archive, sheet.part, options.watch))
  const filled: number[] = []
  let sample: SheetRow[] = []
  let start: { readonly table: TableStart; readonly rows: readonly SheetRow[]; readonly width: number; readonly names: readonly string[] | undefined } | undefined
  let last = -1
  let skipped = 0
  const add = (row: SheetRow, width: number): void => {
    const { cells } = merges.fill(row, width)
    if (last >= 0) skipped += row.number - last - 1
    last = row.number
    cells.forEach((cell, column) => {
      if (cell !== undefined) filled[column] = (filled[column] ?? 0) + 1
    })
    spool.add(Array.from(cells, (cell) => cell?.text ?? null))
  }
  const begin = (): NonNullable<typeof start> => {
    const rows = sample
    sample = []
    const table = findTable(rows, options)
    const width = rows.reduce((most, row) => Math.max(most, row.cells.length), 0)
    const header = table.header === undefined ? undefined : rows[table.header]
    const names = header === undefined ? undefined : Array.from(merges.fill(header, width).cells, (cell) => cell?.text ?? '')
    start = { table, rows, width, names }
    for (const row of rows.slice(table.firstRow)) add(row, width)
    return start
  }
  const atLeast = Math.max(SAMPLE_ROWS, (options.headerRow ?? 0) + 1)
  const facts = await readRows(
    file,
    archive,
    sheet.part,
    tables,
    (row) => {
      if (start !== undefined) add(row, start.width)
      else if (sample.push(row) >= atLeast) begin()
      return true
    },
    options.watch,
  )
  const { table, rows, names } = start ?? begin()
  refuseWithoutResults(file, sheet, facts, spool.rows === 0)
  if (options.headerRow !== undefined && names === undefined) throw emptyHeader(file, sheet, options.headerRow)
  if (rows.length === 0 || (spool.rows === 0 && names === undefined)) throw noRecords(file, `no filled cells in the sheet "${sheet.name}"`)
  return { names, filled: Array.from(filled, (count) => count ?? 0), findings: findingsOf(rows.slice(0, table.header ?? table.firstRow), facts, merges.filled, skipped) }
}

/** Formulas whose results are not in the file: nobody has computed them, and Millrace does not either. */
function refuseWithoutResults(file: string, sheet: Sheet, { formulas, withoutResult }: SheetFacts, isEmpty: boolean): void {
  if (withoutResult === 0 || (withoutResult < formulas && !isEmpty)) return
  throw new MillraceError({
    code: 'invalid-data',
    headline: 'The workbook holds formulas without their results',
    message: `${file}, sheet "${sheet.name}": none of its ${formulas.toLocaleString('en')} formulas has a result in the file; a program wrote it without computing them.`,
    nextStep: 'Open it in a spreadsheet program, which computes them, and save it; or paste the values in place of the formulas.',
    details: { file, sheet: sheet.name },
  })
}

function emptyHeader(file: string, sheet: Sheet, headerRow: number): MillraceError {
  return new MillraceError({
    code: 'invalid-parameter',
    headline: `Row ${headerRow} of the sheet is empty`,
    message: `${file}, sheet "${sheet.name}": no cell of row ${headerRow} is filled, so it cannot name the columns.`,
    nextStep: 'Give the number that the spreadsheet program shows beside the row with the names.',
    details: { file, row: headerRow, sheet: sheet.name },
  })
}

function findingsOf(above: readonly SheetRow[], { errors, withoutResult }: SheetFacts, mergedCells: number, skipped: number): Finding[] {
  const findings: Finding[] = []
  const title = above.flatMap((row) => row.cells.flatMap((cell) => (cell === undefined ? [] : [cell.text]))).join(' ')
  const what = above.length === 1 ? 'A row' : `${above.length} rows`
  if (above.length > 0) {
    findings.push({ kind: 'title-rows', message: `${what} above the table ${above.length === 1 ? 'is' : 'are'} left out: "${title.slice(0, 80)}${title.length > 80 ? '…' : ''}".`, count: above.length })
  }
  if (mergedCells > 0) findings.push({ kind: 'merged-cells', message: `Merged cells: ${mergedCells.toLocaleString('en')} empty cells in them have the value of their block.`, count: mergedCells })
  if (errors > 0) findings.push({ kind: 'error-cells', message: `${errors.toLocaleString('en')} cells hold errors such as #N/A; they are taken as missing.`, count: errors })
  if (withoutResult > 0) findings.push({ kind: 'formulas-without-results', message: `${withoutResult.toLocaleString('en')} formulas have no result in the file; they are taken as missing.`, count: withoutResult })
  if (skipped > 0) findings.push({ kind: 'empty-rows', message: `${skipped.toLocaleString('en')} empty rows between filled ones are left out.`, count: skipped })
  return findings
}
