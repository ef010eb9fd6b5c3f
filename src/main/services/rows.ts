import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Artifact } from '#shared/domain/artifact.ts'
import { cancelled, MillraceError } from '#shared/errors.ts'
import type { AbortFlag } from '../base/abort.ts'
import { memoryBudget } from '../base/memory-budget.ts'
import { openDataEngine } from '../data/open-engine.ts'
import { parseCondition } from '../data/page-condition.ts'
import { openPages, type Pages, type TablePage } from '../data/page.ts'
import { checkOutputPlace, createOutputFile } from '../serving/output-file.ts'
import { csvLine, type FormulaRule } from '../serving/csv-line.ts'
import type { Project } from '../store/project.ts'
import { datasetVersion } from './profiles.ts'

/** Which rows of a dataset to look at. */
export type RowsRequest = {
  /** NAME for the newest version, or NAME@VERSION. */
  readonly dataset: string
  readonly offset: number
  /** Most rows; all if not said (only for a file). */
  readonly rows?: number | undefined
  /** `column` or `column:desc`. */
  readonly sort: readonly string[]
  /** Conditions such as `age >= 30`. */
  readonly where: readonly string[]
  readonly columns?: readonly string[] | undefined
}

/** A page of a dataset version. */
export type ShownRows = { readonly dataset: string; readonly version: number; readonly hash: string; readonly total: number; readonly page: TablePage }

/** Rows of a page when a whole view is written. */
const BLOCK = 10_000

/** Rows of a dataset version, sorted and filtered. */
export async function showRows(project: Project, request: RowsRequest, effects: { readonly signal: AbortFlag }): Promise<ShownRows> {
  return withPages(project, request, effects.signal, async (pages, about) => {
    const page = await pages.page(request.offset, request.rows ?? 20)
    return { ...about, total: await pages.total(), page }
  })
}

/** Writes rows of a dataset version to a CSV file, which appears when it is whole. Text that a spreadsheet would run is guarded unless `formulas` keeps it. */
export async function writeRowsFile(
  project: Project,
  request: RowsRequest & { readonly output: string; readonly formulas: FormulaRule },
  effects: { readonly signal: AbortFlag; readonly onProgress?: (message: string) => void },
): Promise<{ readonly dataset: string; readonly version: number; readonly hash: string; readonly rows: number; readonly output: string }> {
  await checkOutputPlace(request.output, [])
  return withPages(project, request, effects.signal, async (pages, about) => {
    const end = Math.min(await pages.total(), request.offset + (request.rows ?? Infinity))
    const file = await createOutputFile(request.output)
    try {
      await file.write(csvLine(pages.columns, request.formulas))
      for (let offset = request.offset; offset < end; offset += BLOCK) {
        effects.signal.throwIfAborted()
        const page = await pages.page(offset, Math.min(BLOCK, end - offset))
        for (let row = 0; row < page.rows; row++) await file.write(csvLine(page.columns.map(({ values }) => values[row] ?? null), request.formulas))
        effects.onProgress?.(`${String(offset + page.rows)} rows`)
      }
      await file.publish()
    } finally {
      await file.discard()
    }
    return { ...about, rows: Math.max(0, end - request.offset), output: request.output }
  })
}

async function withPages<T>(project: Project, request: RowsRequest, signal: AbortFlag, work: (pages: Pages, about: { dataset: string; version: number; hash: string }) => Promise<T>): Promise<T> {
  const { name, version, hash } = datasetVersion(project, request.dataset)
  const { path, meta } = project.artifacts.require('dataset', hash) as Artifact<'dataset'>
  const { schema } = meta
  const view = {
    columns: request.columns,
    sort: request.sort.map((text) => sortKey(text, schema.columns.map((column) => column.name))),
    filter: request.where.map((text) => parseCondition(text, schema.columns)),
  }
  const temporaryFolder = await mkdtemp(join(tmpdir(), 'millrace-rows-'))
  const engine = await openDataEngine({ memoryBytes: Math.floor(memoryBudget() / 2), threads: 2, temporaryFolder: join(temporaryFolder, 'spill') })
  // A statement of DuckDB polls no flag by itself.
  const watch = setInterval(() => {
    if (signal.aborted) engine.interrupt()
  }, 50)
  try {
    const pages = await openPages(engine, join(path, 'data.parquet'), schema, view, temporaryFolder)
    try {
      return await work(pages, { dataset: name, version, hash })
    } finally {
      await pages.close()
    }
  } catch (error) {
    throw signal.aborted ? cancelled() : error
  } finally {
    clearInterval(watch)
    await engine.close()
    await rm(temporaryFolder, { recursive: true, force: true })
  }
}

/** `column`, `column:asc` or `column:desc`; a column whose name ends like that is taken as a name. */
function sortKey(text: string, names: readonly string[]): { column: string; descending: boolean } {
  if (names.includes(text)) return { column: text, descending: false }
  const match = /^(.*):(\w*)$/s.exec(text)
  if (match === null) return { column: text, descending: false }
  const [, column = '', order = ''] = match
  if (order === 'asc' || order === 'desc') return { column, descending: order === 'desc' }
  throw new MillraceError({ code: 'usage', headline: `"${order}" is no order to sort in`, nextStep: 'Write --sort column, or --sort column:desc.', details: { value: text } })
}
