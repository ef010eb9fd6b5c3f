import type { CsvColumn } from '../csv.ts'
import { columnPage, joined, PHYSICAL, type ColumnPage } from './column-page.ts'
import { thriftBytes, type Thrift } from './thrift.ts'

/** Numbers of the format (parquet.thrift): pages of plain values, levels as runs, cells that may be missing, text in UTF-8. */
const [DATA_PAGE, PLAIN, RUNS, OPTIONAL, UTF8, UNCOMPRESSED] = [0, 0, 3, 1, 0, 0]

const MAGIC = new TextEncoder().encode('PAR1')

/**
 * A table of the window as a Parquet file: one row group, one page a column, not compressed, since such tables are short. Cells stay
 * as they are; nothing has to be defused for programs that read Parquet.
 */
export function toParquet(columns: readonly CsvColumn[]): Uint8Array<ArrayBuffer> {
  const rows = Math.max(0, ...columns.map(({ values }) => values.length))
  const parts: Uint8Array[] = [MAGIC]
  let position = MAGIC.length
  const chunks = columns.map((column) => {
    const page = columnPage(column, rows)
    const head = Uint8Array.from(thriftBytes(pageHeader(page, rows)))
    const chunk = { name: column.name, kind: page.kind, at: position, bytes: head.length + page.bytes.length }
    parts.push(head, page.bytes)
    position += chunk.bytes
    return chunk
  })
  const foot = Uint8Array.from(thriftBytes(fileMetadata(chunks, rows)))
  const footLength = new DataView(new ArrayBuffer(4))
  footLength.setUint32(0, foot.length, true)
  return joined([...parts, foot, new Uint8Array(footLength.buffer), MAGIC])
}

type Chunk = { readonly name: string; readonly kind: ColumnPage['kind']; readonly at: number; readonly bytes: number }

function pageHeader({ bytes }: ColumnPage, rows: number): Thrift {
  const values: Thrift = { struct: [[1, { i32: rows }], [2, { i32: PLAIN }], [3, { i32: RUNS }], [4, { i32: RUNS }]] }
  return { struct: [[1, { i32: DATA_PAGE }], [2, { i32: bytes.length }], [3, { i32: bytes.length }], [5, values]] }
}

function fileMetadata(chunks: readonly Chunk[], rows: number): Thrift {
  const root: Thrift = { struct: [[4, { text: 'table' }], [5, { i32: chunks.length }]] }
  const group: Thrift = { struct: [[1, { list: chunks.map((chunk) => columnChunk(chunk, rows)) }], [2, { i64: chunks.reduce((sum, { bytes }) => sum + bytes, 0) }], [3, { i64: rows }]] }
  return { struct: [[1, { i32: 1 }], [2, { list: [root, ...chunks.map(schemaElement)] }], [3, { i64: rows }], [4, { list: [group] }], [6, { text: 'Millrace' }]] }
}

function schemaElement({ name, kind }: Chunk): Thrift {
  const text: readonly (readonly [number, Thrift])[] = kind === 'text' ? [[6, { i32: UTF8 }]] : []
  return { struct: [[1, { i32: PHYSICAL[kind] }], [3, { i32: OPTIONAL }], [4, { text: name }], ...text] }
}

function columnChunk({ name, kind, at, bytes }: Chunk, rows: number): Thrift {
  const about: Thrift = {
    struct: [
      [1, { i32: PHYSICAL[kind] }],
      [2, { list: [{ i32: PLAIN }, { i32: RUNS }] }],
      [3, { list: [{ text: name }] }],
      [4, { i32: UNCOMPRESSED }],
      [5, { i64: rows }],
      [6, { i64: bytes }],
      [7, { i64: bytes }],
      [9, { i64: at }],
    ],
  }
  return { struct: [[2, { i64: at }], [3, about]] }
}
