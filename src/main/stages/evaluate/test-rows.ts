import { join } from 'node:path'
import type { Artifact, ArtifactMeta } from '#shared/domain/artifact.ts'
import { isNumeric, type ColumnSchema } from '#shared/domain/schema.ts'
import { MillraceError } from '#shared/errors.ts'
import { loadTable, type RowSample } from '../../data/load-table.ts'
import type { Model } from '../../learn/model/model.ts'
import { joinPredictions, modelInputs, predictModel } from '../../learn/model/predict.ts'
import type { TargetReading } from '../../learn/model/target.ts'
import type { Prediction } from '../../table/matrix.ts'
import { columnOf, selectRows, type Table } from '../../table/table.ts'
import type { StageContext } from '../step-kind.ts'
import { readTestTarget, type Evaluation } from './evaluate.ts'

/** Rows whose features are in memory at a time, where all rows are looked at. */
const BLOCK = 65_536
const BASE = 96 << 20
/** Bytes of a row for its truth, prediction, ranking and slices. */
const ROW = 400
/** Bytes of a cell, as it is read and in the matrix. */
const CELL = 24
/** DuckDB has the other half while it reads. */
const SHARE = 0.5
/** Fewer rows than this are never worth a sample. */
const FEWEST = 10_000

/** Test rows as an evaluation takes them: all, a number of them, or as many as the memory holds. */
export type WantedRows = 'auto' | 'all' | number

/** The rows that are evaluated: where they lie, what is known of their columns, and their truth. */
export type TestRows = {
  readonly parquet: string
  readonly schema: readonly ColumnSchema[]
  /** Rows of the whole test part. */
  readonly rows: number
  readonly sample: RowSample | undefined
  /** Rows are numbered within the sample, where there is one. */
  readonly reading: TargetReading
}

/** Bytes that an evaluation takes at its peak; `auto` takes what it is given. */
export function evaluationMemory(wanted: WantedRows, { rows, schema }: ArtifactMeta<'dataset'>): number {
  const taken = Math.min(rows, wanted === 'all' ? rows : wanted === 'auto' ? FEWEST : wanted)
  return BASE + Math.min(taken, BLOCK) * schema.columns.length * CELL + taken * ROW
}

function sampleFor(wanted: WantedRows, { rows, schema }: ArtifactMeta<'dataset'>, ctx: StageContext): RowSample | undefined {
  if (wanted === 'all') return undefined
  const perRow = ROW + schema.columns.length * CELL
  const fit = (ctx.memoryBytes * SHARE - BASE / 2 - Math.min(rows, BLOCK) * schema.columns.length * CELL) / ROW
  if (wanted === 'auto' && rows <= fit) return undefined
  const count = wanted === 'auto' ? Math.max(FEWEST, Math.floor((ctx.memoryBytes * SHARE - BASE / 2) / perRow)) : wanted
  return count >= rows ? undefined : { wanted: count, seed: ctx.seed }
}

function requireTarget(target: string, columns: readonly ColumnSchema[]): ColumnSchema {
  const found = columns.find((column) => column.name === target)
  if (found !== undefined) return found
  throw new MillraceError({
    code: 'invalid-data',
    headline: `The test data has no column "${target}"`,
    message: `The model predicts "${target}"; without that column its predictions cannot be compared with the truth. The columns are: ${columns.map(({ name }) => name).join(', ')}.`,
    nextStep: 'Evaluate on data that holds the target.',
    details: { column: target },
  })
}

/** Reads the truth of the test rows, or of a sample of them that the log tells of. */
export async function readTestRows(model: Model, dataset: Artifact<'dataset'>, wanted: WantedRows, ctx: StageContext): Promise<TestRows> {
  const { rows, schema } = dataset.meta
  const target = requireTarget(model.goal.target, schema.columns)
  const parquet = join(dataset.path, 'data.parquet')
  const sample = sampleFor(wanted, dataset.meta, ctx)
  const truth = await loadTable(ctx.data, parquet, [{ schema: target, as: model.goal.task === 'regression' ? 'number' : 'category' }], rowsOf(sample))
  return { parquet, schema: schema.columns, rows, sample, reading: readTestTarget(model, columnOf(truth, target.name)) }
}

function rowsOf(sample: RowSample | undefined): { rows?: RowSample } {
  return sample === undefined ? {} : { rows: sample }
}

function taken(table: Table, { reading }: TestRows): Table {
  return reading.rows.length === table.rows ? table : selectRows(table, reading.rows)
}

/** Predictions of the rows with a target; without a sample, features are in memory a block at a time. */
export async function predictTestRows(model: Model, test: TestRows, ctx: StageContext): Promise<Prediction> {
  const { parquet, reading, rows, sample } = test
  if (sample !== undefined) return predictModel(model, taken(await loadTable(ctx.data, parquet, modelInputs(model), { rows: sample }), test), ctx)
  const parts: Prediction[] = []
  for (let from = 0, next = 0; from < rows; from += BLOCK) {
    ctx.throwIfAborted()
    ctx.progress(0.1 + (0.6 * from) / rows, `predicting ${reading.rows.length} rows`)
    const first = next
    while (next < reading.rows.length && (reading.rows[next] as number) < from + BLOCK) next++
    if (next === first) continue
    const block = await loadTable(ctx.data, parquet, modelInputs(model), { rows: { from, count: BLOCK } })
    parts.push(await predictModel(model, selectRows(block, reading.rows.slice(first, next).map((row) => row - from)), ctx))
  }
  return joinPredictions(parts)
}

/** Columns of the evaluated rows by which parts of them are looked at. */
export async function readSliceColumns(test: TestRows, columns: readonly ColumnSchema[], ctx: StageContext): Promise<Evaluation['sliceBy']> {
  const requests = columns.map((column) => ({ schema: column, as: isNumeric(column.type) || column.type === 'datetime' ? ('number' as const) : ('category' as const) }))
  const table = await loadTable(ctx.data, test.parquet, requests, rowsOf(test.sample))
  return taken(table, test).columns.map((column, index) => ({ column, numbersAre: columns[index]?.type === 'datetime' ? 'moments' : 'amounts' }))
}
