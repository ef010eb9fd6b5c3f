import { open, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { SourceReport } from '#shared/domain/source-report.ts'
import type { TableSchema } from '#shared/domain/schema.ts'
import type { DataEngine } from './engine.ts'
import { readRows } from './grid/read-rows.ts'
import { ingestFile, type IngestRequest } from './ingest-file.ts'
import type { TablePage } from './page.ts'
import { describeRelation, scanParquet } from './parquet.ts'
import { fileStamp, refuseChanged } from './sources/file-stamp.ts'
import { isOneFile } from './sources/files/list-files.ts'
import { readerOf } from './sources/open-file.ts'

/** A file as it would be read. */
export type FilePreview = {
  readonly page: Omit<TablePage, 'offset'>
  readonly schema: TableSchema
  readonly report: SourceReport
  /** False where only its beginning was read: types and counts are those of the beginning. */
  readonly whole: boolean
  /** Rows of the whole file: counted, or estimated from its size; null where neither is possible. */
  readonly rows: number | null
}

/** Name of the table that a preview reads, in its scratch folder. */
export const PREVIEW_FILE = 'preview.parquet'

/** Rows that are shown. */
const SHOWN_ROWS = 200
/** Rows that types are guessed from. */
const LOOKED_AT = 20_000
/** Of longer texts only the beginning is read. */
const BEGINNING = 4 << 20

/** Reads a file as `ingestFile` does, but of large ones only the beginning. `scratchFolder` is empty. */
export async function previewFile(engine: DataEngine, request: Pick<IngestRequest, 'file' | 'options' | 'types' | 'roles' | 'missing'>, scratchFolder: string): Promise<FilePreview> {
  const { file } = request
  const before = isOneFile(file) ? await fileStamp(file) : ''
  const head = isOneFile(file) ? await copyBeginning(file, join(scratchFolder, basename(file))) : undefined
  if (head !== undefined) {
    // Where the beginning cannot be read, e.g. because it ends within quotes, the file itself says what is wrong, if anything is.
    const read = await readPart(engine, { ...request, file: head.path }, undefined, scratchFolder).catch(() => undefined)
    if (read !== undefined) {
      await refuseChanged(file as string, before)
      return { ...read, whole: false, rows: Math.round((read.report.rows * head.of) / head.bytes) }
    }
  }
  const read = await readPart(engine, request, LOOKED_AT, scratchFolder)
  const whole = read.report.rows < LOOKED_AT
  return { ...read, whole, rows: whole ? read.report.rows : null }
}

async function readPart(engine: DataEngine, request: Pick<IngestRequest, 'file' | 'options' | 'types' | 'roles' | 'missing'>, head: number | undefined, scratchFolder: string): Promise<Pick<FilePreview, 'page' | 'schema' | 'report'>> {
  const output = join(scratchFolder, PREVIEW_FILE)
  const { schema, report } = await ingestFile(engine, { ...request, head, output, progress: () => undefined })
  const from = scanParquet(output, { rowNumbers: true })
  const types = new Map((await describeRelation(engine, from)).map(({ name, sqlType }) => [name, sqlType]))
  const names = schema.columns.map(({ name }) => name)
  const page = await readRows(engine, { from, schema, types }, names, { from: 0, count: Math.min(SHOWN_ROWS, report.rows) })
  return { page, schema, report }
}

/** Copies the whole lines at the beginning of a long text; undefined for what is short or no text of one byte a character. */
async function copyBeginning(path: string, target: string): Promise<{ readonly path: string; readonly bytes: number; readonly of: number } | undefined> {
  const found = await stat(path).catch(() => undefined)
  if (found === undefined || !found.isFile() || found.size <= 2 * BEGINNING) return undefined
  const { id } = await readerOf(path)
  if (id !== 'delimited' && id !== 'fixed-width') return undefined
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(BEGINNING), 0, BEGINNING, 0)
    const end = buffer.lastIndexOf(10, bytesRead - 1) + 1
    if (end === 0 || buffer.includes(0)) return undefined
    await writeFile(target, buffer.subarray(0, end))
    return { path: target, bytes: end, of: found.size }
  } finally {
    await file.close()
  }
}
