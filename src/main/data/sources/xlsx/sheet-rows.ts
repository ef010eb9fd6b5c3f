import { MillraceError } from '#shared/errors.ts'
import { cellRef } from './cell-ref.ts'
import type { Archive } from './open-archive.ts'
import type { NumberMeaning } from './number-formats.ts'
import { parseXml } from './parse-xml.ts'
import { serialText } from './serial-date.ts'
import { unescapeText, type SharedStrings } from './shared-strings.ts'

/** A cell that holds something: its text, and what it is. */
export type SheetCell = { readonly text: string; readonly kind: 'text' | 'number' | 'date' | 'boolean' }

/** A row with at least one filled cell: its number from 0, and its cells by column, undefined where empty. */
export type SheetRow = { readonly number: number; readonly cells: readonly (SheetCell | undefined)[] }

/** What the cells of a workbook need to be read. */
export type CellTables = { readonly strings: SharedStrings; readonly meanings: readonly NumberMeaning[]; readonly from1904: boolean }

/** What was met in a sheet beside its rows. */
export type SheetFacts = {
  /** Cells such as #N/A or #DIV/0!. */
  readonly errors: number
  /** Formulas, and those of them without a result in the file. */
  readonly formulas: number
  readonly withoutResult: number
}

/** Columns that a sheet can have. */
const MOST_COLUMNS = 16_384

type OpenCell = { column: number; type: string; style: number; value: string; hasValue: boolean; hasFormula: boolean }

/** Streams the filled rows of a sheet to `onRow`, which ends the reading with false. */
export async function readRows(
  file: string,
  archive: Archive,
  part: string,
  tables: CellTables,
  onRow: (row: SheetRow) => boolean,
  watch?: () => void,
): Promise<SheetFacts> {
  const facts = { errors: 0, formulas: 0, withoutResult: 0 }
  let number = -1
  let cells: (SheetCell | undefined)[] = []
  let cell: OpenCell | undefined
  let takes = false
  let isDone = false
  const finishCell = (open: OpenCell): void => {
    if (open.hasFormula) facts.formulas++
    if (open.hasFormula && !open.hasValue) facts.withoutResult++
    if (open.type === 'e') facts.errors++
    const made = open.hasValue ? cellOf(open, tables) : undefined
    if (made !== undefined) cells[open.column] = made
  }
  await parseXml(
    file,
    await archive.read(part),
    {
      open(name, attributes) {
        if (isDone) return
        if (name === 'row') {
          number = attributes['r'] === undefined ? number + 1 : Number(attributes['r']) - 1
          cells = []
        } else if (name === 'c') {
          const at = attributes['r'] === undefined ? cells.length : cellRef(attributes['r']).column
          if (!(at >= 0 && at < MOST_COLUMNS)) throw badPlace(file, number, attributes['r'])
          while (cells.length <= at) cells.push(undefined)
          cell = { column: at, type: attributes['t'] ?? 'n', style: Number(attributes['s'] ?? 0), value: '', hasValue: false, hasFormula: false }
        } else if (cell !== undefined && (name === 'v' || name === 't')) {
          takes = true
          cell.hasValue = true
        } else if (cell !== undefined && name === 'f') cell.hasFormula = true
      },
      text(piece) {
        if (takes && cell !== undefined) cell.value += piece
      },
      close(name) {
        if (isDone) return
        if (name === 'v' || name === 't') takes = false
        if (name === 'c' && cell !== undefined) {
          finishCell(cell)
          cell = undefined
        }
        if (name === 'row' && cells.some((one) => one !== undefined)) isDone = !onRow({ number, cells })
      },
      isDone: () => isDone,
    },
    watch,
  )
  return facts
}

function cellOf({ type, style, value }: OpenCell, { strings, meanings, from1904 }: CellTables): SheetCell | undefined {
  if (type === 's') return textCell(strings.at(Number(value)) ?? '')
  if (type === 'str' || type === 'inlineStr') return textCell(unescapeText(value))
  if (type === 'e' || value.trim() === '') return undefined
  if (type === 'b') return { text: value.trim() === '1' || value.trim() === 'true' ? 'TRUE' : 'FALSE', kind: 'boolean' }
  if (type === 'd') return { text: value.trim().replace('T', ' ').replace(/Z$/, ''), kind: 'date' }
  const number = Number(value)
  if (Number.isNaN(number)) return textCell(value)
  const date = serialText(number, meanings[style] ?? 'number', from1904)
  // Programs write 17 digits (1.1000000000000001); what people see is the shortest text of the same number.
  return date === undefined ? { text: String(number), kind: 'number' } : { text: date, kind: 'date' }
}

function textCell(text: string): SheetCell | undefined {
  return text === '' ? undefined : { text, kind: 'text' }
}

function badPlace(file: string, row: number, reference: string | undefined): MillraceError {
  return new MillraceError({
    code: 'invalid-data',
    headline: 'A cell stands outside of the sheet',
    message: `${file}, row ${row + 1}: the cell says that its place is "${reference ?? ''}"; a sheet has ${MOST_COLUMNS.toLocaleString('en')} columns.`,
    nextStep: 'Open the workbook in a spreadsheet program and save it again.',
    details: { file, row: row + 1, value: reference ?? '' },
  })
}
