import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, extname, join, resolve } from 'node:path'
import { z } from 'zod'
import type { Artifact } from '#shared/domain/artifact.ts'
import type { RunEvent } from '#shared/domain/run.ts'
import type { ColumnSchema } from '#shared/domain/schema.ts'
import { fromErrorData, cancelled, MillraceError } from '#shared/errors.ts'
import type { AbortFlag } from '../base/abort.ts'
import { sourceReportSchema, type Finding, type SourceReport } from '../data/finding.ts'
import { isOneFile, isPattern, splitPattern } from '../data/sources/files/list-files.ts'
import type { ReadingOptions } from '../data/sources/reading-options.ts'
import { runPipeline } from '../pipeline/run-pipeline.ts'
import type { Project } from '../store/project.ts'
import { parseRunId } from '../store/run-id.ts'
import { fingerprintOf } from '../store/source-repository.ts'
import { readingOption, withRemedy } from './with-remedy.ts'

/** What is said about a column after an import. */
export type ImportedColumn = Pick<ColumnSchema, 'name' | 'type' | 'role' | 'missing' | 'distinct' | 'reason'>

/** A dataset version that a file became. */
export type ImportedDataset = {
  readonly dataset: string
  readonly version: number
  readonly hash: string
  /** The run that read the file, or reused what an earlier one read. */
  readonly run: string
  /** True where the same file had been imported before. */
  readonly reused: boolean
  readonly rows: number
  readonly columns: readonly ImportedColumn[]
  readonly source: Omit<SourceReport, 'rows' | 'findings'>
  readonly findings: readonly Finding[]
}

/** How a file is read where detection would guess wrong. */
export type ImportOptions = {
  /** Name of the dataset; the file's name without its ending if not said. */
  readonly name?: string | undefined
  readonly reading?: ReadingOptions | undefined
  /** Type by column. */
  readonly types?: Readonly<Record<string, string>> | undefined
  /** What columns are for, by column. */
  readonly roles?: Readonly<Record<string, string>> | undefined
  /** Further texts that mean "no value", by column; `*` for every column. */
  readonly missing?: Readonly<Record<string, readonly string[]>> | undefined
  /** Read a random sample of so many rows, drawn by `sampleSeed`. */
  readonly sample?: number | undefined
  readonly sampleSeed?: number | undefined
}

type Effects = {
  readonly signal: AbortFlag
  readonly onEvent?: (event: RunEvent) => void
  /** How errors name an option that would help; as the command line writes it if not said. */
  readonly option?: typeof readingOption
}

/** Reads a file, or a folder, a pattern or a list of files as one table, into a dataset version: a recorded run of a pipeline with one step. */
export async function importFile(project: Project, place: string | readonly string[], options: ImportOptions, { option = readingOption, ...effects }: Effects): Promise<ImportedDataset> {
  const paths = (typeof place === 'string' ? [place] : place).map((one) => resolve(one))
  const [path = ''] = paths
  const name = options.name ?? options.reading?.table ?? nameOf(path)
  const { reading, types, roles, missing, sample, sampleSeed } = options
  for (const one of paths) refuseNothing(one)
  // JSON is YAML too.
  const pipelineText = JSON.stringify({ name, steps: [{ id: 'ingest', uses: 'ingest/file', with: { path: paths.length === 1 ? path : paths, ...reading, types, roles, missing, sample, sampleSeed } }] })
  const summary = await runPipeline({ project, pipelineFile: path, pipelineText, ...effects }).catch((error: unknown) => {
    throw inOptions(error)
  })
  if (summary.error !== undefined) throw withRemedy(fromErrorData(summary.error), option)
  if (summary.status !== 'succeeded') throw cancelled()
  const output = project.stepRuns.outputs(parseRunId(summary.run), 'ingest').find((candidate) => candidate.kind === 'dataset')
  if (output === undefined) throw new Error(`Run ${summary.run} recorded no dataset`)
  const version = project.datasets.ofHash(output.hash).find((candidate) => candidate.name === name)
  if (version === undefined) throw new Error(`Run ${summary.run} registered no dataset "${name}"`)
  const artifact = project.artifacts.require('dataset', output.hash) as Artifact<'dataset'>
  const report = sourceReportSchema.parse(JSON.parse(await readFile(join(artifact.path, 'source.json'), 'utf8')))
  const { findings, rows: _rows, ...source } = report
  return {
    dataset: name,
    version: version.version,
    hash: version.hash,
    run: summary.run,
    reused: summary.steps[0]?.cache.hit === true,
    rows: artifact.meta.rows,
    columns: artifact.meta.schema.columns.map(({ name: column, type, role, missing, distinct, reason }) => ({ name: column, type, role, missing, distinct, reason })),
    source,
    findings,
  }
}

/** The dataset's name where none is given: of a file without its ending, of a folder that of the folder, of a pattern that of the folder it begins in. */
function nameOf(path: string): string {
  if (isOneFile(path)) return basename(path, extname(path))
  return basename(isPattern(path) && !existsSync(path) ? splitPattern(path).base : path) || 'files'
}

/** What is not there at all is refused before a run of it is recorded. */
function refuseNothing(path: string): void {
  if (fingerprintOf(path) !== undefined || isPattern(path)) return
  throw new MillraceError({
    code: 'not-found',
    headline: 'The file does not exist',
    message: `There is no file ${path}.`,
    nextStep: 'Check the path.',
    details: { file: path },
  })
}

const findingsSchema = z.array(z.object({ message: z.string() }))

/** What the lint finds in the pipeline of an import stands in its options: there is no file that could be corrected. */
function inOptions(error: unknown): unknown {
  if (!(error instanceof MillraceError) || error.data.code !== 'invalid-pipeline') return error
  const findings = findingsSchema.parse(error.data.details.findings)
  return new MillraceError(
    {
      code: 'invalid-parameter',
      headline: 'An option has a value that cannot be used',
      message: findings.map((finding) => finding.message).join('\n'),
      nextStep: 'Correct the option; see: millrace help import',
    },
    error,
  )
}

/** A dataset version as lists show it. */
export type DatasetListEntry = {
  readonly dataset: string
  readonly version: number
  readonly hash: string
  readonly rows: number
  readonly columns: number
  readonly bytes: number
  readonly source: string
  readonly run: string | undefined
  readonly createdAt: number
}

/** Every dataset version, by name, the newest first. */
export function listDatasets(project: Project): readonly DatasetListEntry[] {
  return project.datasets.list().map(({ name, ...version }) => {
    const artifact = project.artifacts.require('dataset', version.hash) as Artifact<'dataset'>
    return { dataset: name, ...version, rows: artifact.meta.rows, columns: artifact.meta.schema.columns.length, bytes: artifact.bytes }
  })
}
