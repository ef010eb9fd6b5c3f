import { MillraceError } from '#shared/errors.ts'
import { suggestion } from '../../../base/did-you-mean.ts'
import type { Finding } from '../../finding.ts'
import { noRecords } from '../no-records.ts'
import type { Archive } from './open-archive.ts'
import type { Sheet } from './read-workbook.ts'
import { readRows, type CellTables } from './sheet-rows.ts'

/** The sheet to read: the one asked for by name or number, else the first visible one that holds anything. */
export async function chooseSheet(
  file: string,
  archive: Archive,
  sheets: readonly Sheet[],
  tables: CellTables,
  asked: string | number | undefined,
): Promise<{ readonly sheet: Sheet; readonly findings: readonly Finding[] }> {
  if (asked !== undefined) {
    const found = sheets.find(({ name }) => name === asked) ?? (/^\d+$/.test(String(asked)) ? sheets[Number(asked) - 1] : undefined)
    if (found === undefined) throw noSuchSheet(file, sheets, asked)
    return { sheet: found, findings: [] }
  }
  const order = [...sheets.filter((sheet) => !sheet.hidden), ...sheets.filter((sheet) => sheet.hidden)]
  for (const sheet of order) {
    if (!(await holdsCells(file, archive, sheet, tables))) continue
    const others = sheets.filter((other) => other !== sheet).map(({ name }) => `"${name}"`)
    const listed = `${others.slice(0, 10).join(', ')}${others.length > 10 ? `, and ${others.length - 10} more` : ''}`
    const message = `The sheet "${sheet.name}" is read; the workbook has ${others.length === 1 ? 'another' : 'others'}: ${listed}. Choose one with sheet.`
    return { sheet, findings: others.length === 0 ? [] : [{ kind: 'other-sheets', message, count: others.length }] }
  }
  throw noRecords(file, sheets.length === 0 ? 'no sheet of cells' : 'only empty sheets')
}

/** True where a sheet has a filled cell, or a formula that should fill one: reading it tells what is wrong. */
async function holdsCells(file: string, archive: Archive, sheet: Sheet, tables: CellTables): Promise<boolean> {
  let found = false
  const { formulas } = await readRows(file, archive, sheet.part, tables, () => {
    found = true
    return false
  })
  return found || formulas > 0
}

function noSuchSheet(file: string, sheets: readonly Sheet[], asked: string | number): MillraceError {
  const names = sheets.map(({ name }) => name)
  return new MillraceError({
    code: 'invalid-parameter',
    headline: `The workbook has no sheet ${typeof asked === 'number' ? `number ${asked}` : `"${asked}"`}${typeof asked === 'number' ? '' : suggestion(asked, names)}`,
    message: `${file} has ${sheets.length === 1 ? 'one sheet' : `${sheets.length} sheets`}: ${names.map((name) => `"${name}"`).join(', ')}.`,
    nextStep: 'Give a name as it stands there, or a number from 1.',
    details: { file, value: String(asked) },
  })
}
