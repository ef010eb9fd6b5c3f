import { MillraceError } from '#shared/errors.ts'
import { sharedFloat64, type Column } from '../../table/column.ts'
import type { Prediction } from '../../table/matrix.ts'
import { selectRows, type Table } from '../../table/table.ts'
import type { Model, SampleRow } from './model.ts'
import { modelInputs, predictModel } from './predict.ts'

/** Rows kept with a model. */
const SAMPLES = 8

function cell(column: Column, row: number): number | string | null {
  if (column.kind === 'category') return column.categories[column.codes[row] as number] ?? null
  const value = column.values[row] as number
  return Number.isFinite(value) ? value : null
}

function outputOf(prediction: Prediction, row: number): number[] {
  if (prediction.kind === 'numbers') return [prediction.values[row] as number]
  const width = prediction.classes.length
  return [...prediction.probabilities.subarray(row * width, (row + 1) * width)]
}

function tableOf(model: Model, rows: readonly SampleRow[]): Table {
  const columns = modelInputs(model).map(({ schema, as }): Column => {
    const cells = rows.map(({ input }) => input[schema.name] ?? null)
    if (as === 'number') {
      const values = sharedFloat64(cells.length)
      cells.forEach((value, row) => {
        values[row] = typeof value === 'number' ? value : Number.NaN
      })
      return { kind: 'number', name: schema.name, values }
    }
    const categories = [...new Set(cells.filter((value) => typeof value === 'string'))]
    return { kind: 'category', name: schema.name, categories, codes: Int32Array.from(cells, (value) => categories.indexOf(String(value))) }
  })
  return { rows: rows.length, columns }
}

/** Rows spread evenly over a table, with what the model says of them. */
export async function drawSamples(model: Model, table: Table): Promise<readonly SampleRow[]> {
  const count = Math.min(SAMPLES, table.rows)
  const index = Int32Array.from({ length: count }, (_, at) => Math.floor((at * table.rows) / count))
  const drawn = selectRows(table, index)
  const names = new Set(modelInputs(model).map(({ schema }) => schema.name))
  const inputs = drawn.columns.filter(({ name }) => names.has(name))
  const rows = Array.from(index, (_, row) => ({ input: Object.fromEntries(inputs.map((column) => [column.name, cell(column, row)])), output: [] }))
  const prediction = await predictModel(model, tableOf(model, rows)) // of the cells as they are saved
  return rows.map(({ input }, row) => ({ input, output: outputOf(prediction, row) }))
}

/** Throws `corrupt` where the model does not say of its sample rows, bit for bit, what it said when it was saved. */
export async function checkSamples(model: Model): Promise<void> {
  const prediction = await predictModel(model, tableOf(model, model.samples))
  const wrong = model.samples.findIndex(({ output }, row) => {
    const now = outputOf(prediction, row)
    return now.length !== output.length || now.some((value, at) => value !== output[at])
  })
  if (wrong === -1) return
  throw new MillraceError({
    code: 'corrupt',
    headline: 'The model does not predict what it predicted when it was saved',
    message: `Sample row ${wrong + 1} of ${model.samples.length} in model.json gives another result now.`,
    nextStep: 'Train the model again.',
  })
}
