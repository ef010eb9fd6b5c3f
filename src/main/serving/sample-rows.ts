import { join } from 'node:path'
import type { ArtifactMeta } from '#shared/domain/artifact.ts'
import type { SampleRows } from '#shared/domain/prediction.ts'
import type { ColumnSchema } from '#shared/domain/schema.ts'
import type { DataEngine } from '../data/engine.ts'
import { loadTable, type ColumnRequest } from '../data/load-table.ts'
import { naturalKind } from '../learn/recipe/columns.ts'
import type { Column } from '../table/column.ts'
import type { Prediction } from '../table/matrix.ts'
import { columnOf, selectRows, type Table } from '../table/table.ts'
import { predictionCells } from './prediction-record.ts'
import type { Predictor } from './predictor.ts'

/** A dataset as it lies on the disk. */
export type StoredRows = { readonly path: string; readonly meta: ArtifactMeta<'dataset'> }

/** Which of the rows to show. */
export type SampleOrder = 'spread' | 'worst' | 'best' | 'highest' | 'lowest'

/** Rows that are predicted to choose from at most. */
const LOOKED_AT = 20_000
/** Columns shown beside truth and prediction at most. */
const COLUMNS = 200

type Sample = SampleRows['truth']

function shownColumn(column: Column, schema: ColumnSchema | undefined): Sample {
  if (column.kind === 'category') return { name: column.name, kind: 'text', numbers: null, texts: Array.from(column.codes, (code) => column.categories[code] ?? null) }
  // A copy: shared memory cannot leave the process.
  return { name: column.name, kind: schema?.type === 'datetime' ? 'moment' : 'number', numbers: Float64Array.from(column.values), texts: null }
}

/** How far the prediction is from the truth, row by row; greater is worse. NaN where the truth is missing. */
function errorsOf(truth: Column, prediction: Prediction): Float64Array {
  const rows = truth.kind === 'category' ? truth.codes.length : truth.values.length
  return Float64Array.from({ length: rows }, (_, row) => {
    if (prediction.kind === 'numbers') return truth.kind === 'category' ? Number.NaN : Math.abs((truth.values[row] as number) - (prediction.values[row] as number))
    const label = truth.kind === 'category' ? truth.categories[truth.codes[row] as number] : String(truth.values[row])
    if (label === undefined) return Number.NaN
    const at = prediction.classes.indexOf(label)
    return at < 0 ? 1 : 1 - (prediction.probabilities[row * prediction.classes.length + at] as number)
  })
}

/** The number that a row is ranked by: of two classes the probability of the second, of more the largest one, or the number predicted. */
function scoresOf(prediction: Prediction): Float64Array {
  if (prediction.kind === 'numbers') return prediction.values
  const width = prediction.classes.length
  return Float64Array.from({ length: prediction.probabilities.length / width }, (_, row) => {
    const own = prediction.probabilities.subarray(row * width, (row + 1) * width)
    return width === 2 ? (own[1] as number) : Math.max(...own)
  })
}

function chosenRows(order: SampleOrder, rows: number, limit: number, errors: Float64Array, scores: Float64Array): Int32Array {
  const count = Math.min(limit, rows)
  if (order === 'spread') return Int32Array.from({ length: count }, (_, at) => Math.floor((at * rows) / Math.max(1, count)))
  const key = order === 'worst' || order === 'best' ? errors : scores
  const sign = order === 'worst' || order === 'highest' ? -1 : 1
  const all = Int32Array.from({ length: rows }, (_, row) => row).filter((row) => Number.isFinite(key[row]))
  return all.sort((a, b) => sign * ((key[a] as number) - (key[b] as number)) || a - b).slice(0, count)
}

/** Test rows, chosen by how wrong or how sure the model is, with the columns that it reads and those that name a row. */
export async function sampleTestRows(engine: DataEngine, predictor: Predictor, test: StoredRows, { order, limit, seed }: { readonly order: SampleOrder; readonly limit: number; readonly seed: number }): Promise<SampleRows> {
  const { schema } = test.meta
  const parquet = join(test.path, 'data.parquet')
  const target = predictor.model.goal.target
  const targetSchema = schema.columns.find(({ name }) => name === target)
  const names = new Set(predictor.inputs.map((input) => input.schema.name))
  const beside = schema.columns.filter(({ name, role }) => role === 'identifier' && !names.has(name) && name !== target)
  const rows = { rows: { wanted: LOOKED_AT, seed } }
  const inputs = await loadTable(engine, parquet, predictor.inputs, rows)
  const asTarget: ColumnRequest[] = targetSchema === undefined ? [] : [{ schema: targetSchema, as: predictor.model.goal.task === 'regression' ? 'number' : 'category' }]
  const further = await loadTable(engine, parquet, [...asTarget, ...beside.slice(0, COLUMNS).map((column): ColumnRequest => ({ schema: column, as: naturalKind(column.type) }))], rows)
  const prediction = await predictor.predictTable(inputs)
  const truth: Column = targetSchema === undefined ? { kind: 'category', name: target, codes: new Int32Array(inputs.rows).fill(-1), categories: [] } : columnOf(further, target)
  const scores = scoresOf(prediction)
  const index = chosenRows(order, inputs.rows, limit, errorsOf(truth, prediction), scores)
  return shown({ inputs, further, truth, prediction, scores, index }, schema.columns, target)
}

type Found = { readonly inputs: Table; readonly further: Table; readonly truth: Column; readonly prediction: Prediction; readonly scores: Float64Array; readonly index: Int32Array }

function shown({ inputs, further, truth, prediction, scores, index }: Found, schema: readonly ColumnSchema[], target: string): SampleRows {
  const about = (name: string): ColumnSchema | undefined => schema.find((column) => column.name === name)
  const beside = selectRows(further, index).columns.filter(({ name }) => name !== target)
  const columns = [...beside, ...selectRows(inputs, index).columns].slice(0, COLUMNS)
  const said = Array.from(index, (row) => predictionCells(prediction, row)[0] ?? null)
  const numbers = prediction.kind === 'numbers'
  return {
    rows: index.length,
    of: inputs.rows,
    columns: columns.map((column) => shownColumn(column, about(column.name))),
    truth: shownColumn(selectRows({ rows: inputs.rows, columns: [truth] }, index).columns[0] ?? truth, about(target)),
    prediction: numbers
      ? { name: 'prediction', kind: 'number', numbers: Float64Array.from(said, Number), texts: null }
      : { name: 'prediction', kind: 'text', numbers: null, texts: said.map((value) => (value === null ? null : String(value))) },
    probability: numbers ? null : Float64Array.from(index, (row) => scores[row] as number),
    scored: prediction.kind === 'classes' && prediction.classes.length === 2 ? (prediction.classes[1] ?? null) : null,
  }
}
