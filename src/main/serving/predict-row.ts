import type { PredictionField, Row, RowCell, RowPrediction } from '#shared/domain/prediction.ts'
import type { Prediction } from '../table/matrix.ts'
import { predictionCells } from './prediction-record.ts'
import type { Predictor } from './predictor.ts'
import { tableOfRows } from './row-table.ts'

/** Columns that are tried at their usual value at most; a model of thousands would keep the form waiting. */
const TRIED = 200

/** What is usual in the training rows: the fields, and every text that each column had. */
export type Usual = { readonly fields: readonly PredictionField[]; readonly texts: ReadonlyMap<string, ReadonlySet<string>> }

/** Number by which two rows are compared: the probability of the class, or the number predicted. */
function valueOf(prediction: Prediction, row: number, about: string | null): number {
  if (prediction.kind === 'numbers') return prediction.values[row] as number
  return prediction.probabilities[row * prediction.classes.length + prediction.classes.indexOf(about ?? '')] as number
}

/** Of two classes the positive one, of more the one that is predicted. */
function classToExplain(prediction: Prediction, predicted: string | number): string | null {
  if (prediction.kind === 'numbers') return null
  return prediction.classes.length === 2 ? (prediction.classes[1] ?? null) : String(predicted)
}

function same(a: RowCell, b: RowCell): boolean {
  return a === b || (a !== null && b !== null && String(a) === String(b))
}

/**
 * What a model says of a row, and how that changes when one column at a time has its usual value (the median, or the most frequent text):
 * a view of this row, not of the world. Throws `invalid-data` naming the fields that cannot be taken.
 */
export async function predictRow(predictor: Predictor, row: Row, usual: Usual | undefined): Promise<RowPrediction> {
  const startedAt = performance.now()
  const own = await predictor.predictTable(tableOfRows(predictor.inputs, [row]))
  const milliseconds = performance.now() - startedAt
  const [predicted] = predictionCells(own, 0)
  const prediction = predicted ?? ''
  const about = classToExplain(own, prediction)
  const classes = own.kind === 'numbers' ? [] : own.classes.map((name, index) => ({ name, probability: own.probabilities[index] as number }))
  const unseen = predictor.inputs.flatMap(({ schema, as }) => {
    const text = as === 'category' && schema.type !== 'text' ? String(row[schema.name] ?? '').trim() : ''
    const seen = usual?.texts.get(schema.name)
    return text === '' || seen === undefined || seen.has(text) ? [] : [schema.name]
  })
  return { prediction, classes, changes: await changesOf(predictor, row, valueOf(own, 0, about), about, usual), about, unseen, milliseconds }
}

async function changesOf(predictor: Predictor, row: Row, value: number, about: string | null, usual: Usual | undefined): Promise<RowPrediction['changes']> {
  const unusual = (usual?.fields ?? []).filter((field) => !same(row[field.name] ?? null, field.usual)).slice(0, TRIED)
  if (unusual.length === 0) return []
  const rows = unusual.map((field): Row => ({ ...row, [field.name]: field.usual }))
  const prediction = await predictor.predictTable(tableOfRows(predictor.inputs, rows))
  const changes = unusual.map((field, at) => {
    const other = valueOf(prediction, at, about)
    return { column: field.name, usual: field.usual, value: other, change: value - other }
  })
  return changes.toSorted((a, b) => Math.abs(b.change) - Math.abs(a.change))
}
