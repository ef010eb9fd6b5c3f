import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ModelAbout } from '#shared/domain/model.ts'
import type { PredictionField, Row, RowPrediction, SampleRows } from '#shared/domain/prediction.ts'
import { loadTable } from '../data/load-table.ts'
import { openDataEngine } from '../data/open-engine.ts'
import type { DataEngine } from '../data/engine.ts'
import type { Job } from '../workers/job.ts'
import { aboutModel } from './about-model.ts'
import { predictRow, type Usual } from './predict-row.ts'
import { openPredictor, type Predictor } from './predictor.ts'
import { sampleTestRows, type SampleOrder, type StoredRows } from './sample-rows.ts'
import { usualFields } from './usual-values.ts'

/** What may be asked of a model in its worker. */
export type ModelQuestion =
  | { readonly kind: 'about' }
  | { readonly kind: 'fields' }
  | { readonly kind: 'predict'; readonly row: Row }
  | { readonly kind: 'samples'; readonly test: StoredRows; readonly order: SampleOrder; readonly limit: number }

/** A question about the model in a folder. */
export type ModelJobInput = {
  /** Folder of the model's artifact; its content never changes. */
  readonly model: string
  /** The rows that it learnt from; undefined where they are gone. */
  readonly training: StoredRows | undefined
  readonly question: ModelQuestion
  /** For DuckDB. */
  readonly memoryBytes: number
  readonly threads: number
}

/** What each question is answered with. */
export type ModelAnswers = {
  readonly about: ModelAbout
  readonly fields: { readonly fields: readonly PredictionField[]; readonly examples: readonly Row[]; readonly rows: number; readonly of: number }
  readonly predict: RowPrediction
  readonly samples: SampleRows
}

/** Models kept in memory, those asked about last. */
const WARM = 3
/** Training rows that usual values are taken from at most. */
const USUAL_ROWS = 20_000
const SEED = 1

type Fields = ModelAnswers['fields'] & { readonly usual: Usual }
type Entry = { readonly predictor: Promise<Predictor>; fields?: Promise<Fields> }

const warm = new Map<string, Entry>()

function entryFor(folder: string): Entry {
  const entry = warm.get(folder) ?? { predictor: openPredictor(folder) }
  warm.delete(folder)
  warm.set(folder, entry)
  const [oldest] = warm.keys()
  if (warm.size > WARM && oldest !== undefined) warm.delete(oldest)
  entry.predictor.catch(() => warm.delete(folder))
  return entry
}

async function withData<T>(input: ModelJobInput, signal: { readonly aborted: boolean }, work: (engine: DataEngine) => Promise<T>): Promise<T> {
  const temporaryFolder = await mkdtemp(join(tmpdir(), 'millrace-model-'))
  const engine = await openDataEngine({ memoryBytes: input.memoryBytes, threads: input.threads, temporaryFolder })
  const watch = setInterval(() => {
    if (signal.aborted) engine.interrupt()
  }, 50)
  try {
    return await work(engine)
  } finally {
    clearInterval(watch)
    await engine.close()
    await rm(temporaryFolder, { recursive: true, force: true })
  }
}

async function readFields(predictor: Predictor, input: ModelJobInput, signal: { readonly aborted: boolean }): Promise<Fields> {
  const { training } = input
  if (training === undefined) return fieldsFromSamples(predictor)
  const table = await withData(input, signal, (engine) => loadTable(engine, join(training.path, 'data.parquet'), predictor.inputs, { rows: { wanted: USUAL_ROWS, seed: SEED } }))
  const { fields, examples } = usualFields(predictor.inputs, table)
  const texts = new Map(table.columns.flatMap((column) => (column.kind === 'category' ? [[column.name, new Set(column.categories)] as const] : [])))
  return { fields, examples, rows: table.rows, of: training.meta.rows, usual: { fields, texts } }
}

/** Where the training rows are gone, the few rows that the model carries must do. */
async function fieldsFromSamples(predictor: Predictor): Promise<Fields> {
  const { tableOfRows } = await import('./row-table.ts')
  const rows = predictor.model.samples.map(({ input }) => input)
  const { fields, examples } = usualFields(predictor.inputs, tableOfRows(predictor.inputs, rows))
  return { fields, examples, rows: rows.length, of: predictor.model.rows, usual: { fields, texts: new Map() } }
}

/** Answers a question about a model; the models asked about last stay in memory, and what is usual in their training rows with them. */
const answer: Job<ModelJobInput, ModelAnswers[keyof ModelAnswers]> = async (input, { signal }) => {
  const entry = entryFor(input.model)
  const predictor = await entry.predictor
  const { question } = input
  if (question.kind === 'about') return aboutModel(predictor)
  if (question.kind === 'samples') return withData(input, signal, (engine) => sampleTestRows(engine, predictor, question.test, { order: question.order, limit: question.limit, seed: SEED }))
  const reading = (entry.fields ??= readFields(predictor, input, signal))
  reading.catch(() => {
    delete entry.fields
  })
  const { usual, ...fields } = await reading
  return question.kind === 'fields' ? fields : predictRow(predictor, question.row, usual)
}

export default answer
