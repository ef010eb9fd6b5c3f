import { join } from 'node:path'
import type { Artifact } from '#shared/domain/artifact.ts'
import { MillraceError } from '#shared/errors.ts'
import { workerUrl } from '#shared/worker-url.ts'
import type { AbortFlag } from '../base/abort.ts'
import { memoryBudget } from '../base/memory-budget.ts'
import { parseCondition } from '../data/page-condition.ts'
import type { PageView, TablePage } from '../data/page.ts'
import type { FormulaRule } from '../serving/csv-line.ts'
import { checkOutputPlace } from '../serving/output-file.ts'
import type { RowsJobInput, RowsJobOutput } from '../serving/rows-job.ts'
import type { DatasetVersion } from '../store/dataset-repository.ts'
import type { Project } from '../store/project.ts'
import { createWorkerPool } from '../workers/pool.ts'
import { refuseProjectFile } from './own-files.ts'
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

type About = { readonly dataset: string; readonly version: number; readonly hash: string }

/** A page of a dataset version. */
export type ShownRows = About & { readonly total: number; readonly page: TablePage }

/** How reading is watched and stopped. */
type Effects = { readonly signal: AbortFlag; readonly onProgress?: (message: string) => void }

/** Rows of a dataset version, sorted and filtered. */
export async function showRows(project: Project, request: RowsRequest, effects: Effects): Promise<ShownRows> {
  const { about, total, page } = await takeRows(project, askedView(project, { ...request, rows: request.rows ?? 20 }), undefined, effects)
  if (page === undefined) throw new Error('A page was asked for and none came')
  return { ...about, total, page }
}

/**
 * Writes rows of a dataset version to a CSV file, which appears when it is whole; never over a part of the project. `output`
 * is an absolute path. Text that a spreadsheet would run is guarded unless `formulas` keeps it.
 */
export async function writeRowsFile(
  project: Project,
  request: RowsRequest & { readonly output: string; readonly formulas: FormulaRule },
  effects: Effects,
): Promise<About & { readonly rows: number; readonly output: string }> {
  const { output, formulas } = request
  refuseProjectFile(project.path, output)
  await checkOutputPlace(output, [])
  const { about, written } = await takeRows(project, askedView(project, request), { output, format: 'csv', formulas }, effects)
  return { ...about, rows: written, output }
}

/** Rows of a dataset version as the window asks for them. */
export type RowsExport = {
  readonly dataset: DatasetVersion
  readonly view: PageView
  /** Absolute path. */
  readonly output: string
  readonly format: 'csv' | 'parquet'
  readonly formulas: FormulaRule
}

/** Writes all rows of a view to a file, which appears when it is whole; never over a part of the project. */
export async function exportRows(project: Project, { dataset, view, output, format, formulas }: RowsExport, effects: Effects): Promise<About & { readonly rows: number; readonly output: string }> {
  refuseProjectFile(project.path, output)
  await checkOutputPlace(output, [], format)
  const { about, written } = await takeRows(project, { dataset, view, offset: 0, rows: undefined }, { output, format, formulas }, effects)
  return { ...about, rows: written, output }
}

function askedView(project: Project, request: RowsRequest): Taken {
  const dataset = datasetVersion(project, request.dataset)
  const { columns } = (project.artifacts.require('dataset', dataset.hash) as Artifact<'dataset'>).meta.schema
  const view = {
    columns: request.columns,
    sort: request.sort.map((text) => sortKey(text, columns.map((column) => column.name))),
    filter: request.where.map((text) => parseCondition(text, columns)),
  }
  return { dataset, view, offset: request.offset, rows: request.rows }
}

type Taken = { readonly dataset: DatasetVersion; readonly view: PageView; readonly offset: number; readonly rows: number | undefined }

async function takeRows(project: Project, { dataset, view, offset, rows }: Taken, file: RowsJobInput['file'], effects: Effects): Promise<RowsJobOutput & { readonly about: About }> {
  const { name, version, hash } = dataset
  const { path, meta } = project.artifacts.require('dataset', hash) as Artifact<'dataset'>
  const { schema } = meta
  const pool = createWorkerPool({ size: 1 })
  try {
    const taken = await pool.run<RowsJobInput, RowsJobOutput>(
      workerUrl('../serving/rows-job.ts', import.meta.url),
      { parquet: join(path, 'data.parquet'), schema, view, offset, rows, file, memoryBytes: Math.floor(memoryBudget() / 2), threads: 2 },
      { label: 'the rows', signal: effects.signal, onProgress: (_fraction, message) => effects.onProgress?.(message) },
    )
    return { ...taken, about: { dataset: name, version, hash } }
  } finally {
    await pool.close()
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
