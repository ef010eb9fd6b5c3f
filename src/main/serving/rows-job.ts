import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TableSchema } from '#shared/domain/schema.ts'
import { cancelled } from '#shared/errors.ts'
import { publishFile, temporaryName } from '../base/atomic-file.ts'
import type { DataEngine } from '../data/engine.ts'
import { openDataEngine } from '../data/open-engine.ts'
import { openPages, writeView, type Pages, type PageView, type TablePage } from '../data/page.ts'
import type { Job, JobContext } from '../workers/job.ts'
import { csvLine, type FormulaRule } from './csv-line.ts'
import { createOutputFile } from './output-file.ts'

/** Rows of a dataset to look at or to write. Paths are absolute. */
export type RowsJobInput = {
  readonly parquet: string
  readonly schema: TableSchema
  readonly view: PageView
  readonly offset: number
  /** Most rows; all if not said (only for a file). */
  readonly rows: number | undefined
  /** Where rows go that are not handed back; its place has been checked. */
  readonly file: { readonly output: string; readonly format: 'csv' | 'parquet'; readonly formulas: FormulaRule } | undefined
  /** For DuckDB. */
  readonly memoryBytes: number
  readonly threads: number
}

/** Rows of the view in all, those written, and the page where no file was asked for. */
export type RowsJobOutput = { readonly total: number; readonly written: number; readonly page: TablePage | undefined }

/** Rows of a page when a whole view is written. */
const BLOCK = 10_000

/** Reads a page of a sorted, filtered dataset, or writes its rows to a CSV file that appears when it is whole. */
const takeRows: Job<RowsJobInput, RowsJobOutput> = async (request, job) => {
  const temporaryFolder = await mkdtemp(join(tmpdir(), 'millrace-rows-'))
  const engine = await openDataEngine({ memoryBytes: request.memoryBytes, threads: request.threads, temporaryFolder: join(temporaryFolder, 'spill') })
  // A statement of DuckDB polls no flag by itself.
  const watch = setInterval(() => {
    if (job.signal.aborted) engine.interrupt()
  }, 50)
  try {
    if (request.file?.format === 'parquet') return await writeParquetFile(engine, request, request.file.output)
    const pages = await openPages(engine, request.parquet, request.schema, request.view, temporaryFolder)
    try {
      return await takeFrom(pages, request, job)
    } finally {
      await pages.close()
    }
  } catch (error) {
    throw job.signal.aborted ? cancelled() : error
  } finally {
    clearInterval(watch)
    await engine.close()
    await rm(temporaryFolder, { recursive: true, force: true })
  }
}

export default takeRows

async function takeFrom(pages: Pages, request: RowsJobInput, job: JobContext): Promise<RowsJobOutput> {
  const { offset, rows, file } = request
  if (file !== undefined) return writeRows(pages, { offset, rows, ...file }, job)
  const page = await pages.page(offset, rows ?? BLOCK)
  return { total: await pages.total(), written: 0, page }
}

async function writeParquetFile(engine: DataEngine, { parquet, schema, view }: RowsJobInput, output: string): Promise<RowsJobOutput> {
  const temporary = temporaryName(output)
  try {
    const written = await writeView(engine, parquet, schema, view, temporary)
    await publishFile(temporary, output)
    return { total: written, written, page: undefined }
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

type FileRequest = { readonly offset: number; readonly rows: number | undefined; readonly output: string; readonly formulas: FormulaRule }

async function writeRows(pages: Pages, { offset: first, rows, output, formulas }: FileRequest, job: JobContext): Promise<RowsJobOutput> {
  const total = await pages.total()
  const end = Math.min(total, first + (rows ?? Infinity))
  const file = await createOutputFile(output)
  try {
    await file.write(csvLine(pages.columns, formulas))
    for (let offset = first; offset < end; offset += BLOCK) {
      job.signal.throwIfAborted()
      const page = await pages.page(offset, Math.min(BLOCK, end - offset))
      for (let row = 0; row < page.rows; row++) await file.write(csvLine(page.columns.map(({ values }) => values[row] ?? null), formulas))
      job.progress(0, `${String(offset + page.rows)} rows`)
    }
    await file.publish()
  } finally {
    await file.discard()
  }
  return { total, written: Math.max(0, end - first), page: undefined }
}
