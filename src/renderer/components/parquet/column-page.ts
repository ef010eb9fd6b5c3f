import type { CsvColumn } from '../csv.ts'
import { varint } from './thrift.ts'

/** Types of Parquet that a column of the window needs, by their numbers in the format. */
export const PHYSICAL = { boolean: 0, number: 5, text: 6 } as const

type Cell = string | number | boolean

/** A column as one page of plain values; those that are there follow one bit a row that says which. */
export type ColumnPage = { readonly kind: keyof typeof PHYSICAL; readonly bytes: Uint8Array<ArrayBuffer> }

/** The page of a column. Numbers are doubles; a column of more than one type is text. */
export function columnPage({ values }: CsvColumn, rows: number): ColumnPage {
  const cells = Array.from({ length: rows }, (_, row) => present(values[row]))
  const there = cells.filter((cell) => cell !== undefined)
  const kind = kindOf(there)
  return { kind, bytes: joined([levels(cells), ...plain(kind, there)]) }
}

function present(value: CsvColumn['values'][number]): Cell | undefined {
  return value === null || value === undefined || Number.isNaN(value) ? undefined : value
}

function kindOf(cells: readonly Cell[]): ColumnPage['kind'] {
  const [first] = cells
  const type = typeof first
  if (type === 'string' || type === 'undefined' || cells.some((cell) => typeof cell !== type)) return 'text'
  return type === 'number' ? 'number' : 'boolean'
}

/** Definition levels: one run of bits, with its length in front. */
function levels(cells: readonly (Cell | undefined)[]): Uint8Array<ArrayBuffer> {
  const run = [...varint((Math.ceil(cells.length / 8) << 1) | 1), ...bits(cells.map((cell) => cell !== undefined))]
  return joined([size(run.length), Uint8Array.from(run)])
}

function bits(flags: readonly boolean[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Math.ceil(flags.length / 8))
  for (const [index, flag] of flags.entries()) if (flag) bytes[index >> 3] = (bytes[index >> 3] ?? 0) | (1 << (index & 7))
  return bytes
}

function plain(kind: ColumnPage['kind'], cells: readonly Cell[]): readonly Uint8Array<ArrayBuffer>[] {
  if (kind === 'boolean') return [bits(cells.map(Boolean))]
  if (kind === 'text') {
    return cells.flatMap((cell) => {
      const text = new TextEncoder().encode(String(cell))
      return [size(text.length), text]
    })
  }
  const numbers = new DataView(new ArrayBuffer(cells.length * 8))
  for (const [index, cell] of cells.entries()) numbers.setFloat64(index * 8, Number(cell), true)
  return [new Uint8Array(numbers.buffer)]
}

function size(bytes: number): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(4))
  view.setUint32(0, bytes, true)
  return new Uint8Array(view.buffer)
}

/** Parts one after the other. */
export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let position = 0
  for (const part of parts) {
    whole.set(part, position)
    position += part.length
  }
  return whole
}
