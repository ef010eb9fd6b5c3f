import { defineEstimator, type DataShape } from '../../estimator.ts'
import { networksInWords } from '../../neural/networks-in-words.ts'
import { fitTensors, loadTensors, predictTensors, saveTensors, type TensorModel, type TensorState } from '../../neural/tensor-model.ts'
import { batchSizeFor } from '../../neural/training-params.ts'
import { weightNote } from '../class-weights.ts'
import { formOf, formSchema, type Form } from './form.ts'
import { networkOf, stagesOf } from './network.ts'
import { recurrentParams, type RecurrentParams } from './params.ts'

const model: TensorModel<Form> = { id: 'recurrent', name: 'A recurrent network', formSchema, channelsOf: ({ features }) => features, networkOf, stagesOf }

/** Rows twice over, and for each row of a step the gates and states of every moment and their gradients. */
function memoryOf({ rows, columns }: DataShape, { features, units, hidden, batchSize }: RecurrentParams): number {
  const steps = Math.max(1, Math.floor(columns / features))
  const perRow = steps * (features + 12 * units) + hidden
  return 64e6 + rows * columns * 4 * 3 + 4 * 4 * (4 * units * (features + units) + units * hidden) + 4 * (batchSize === 'auto' ? batchSizeFor(rows) : batchSize) * perRow
}

/** A recurrent network over windows of time. */
export const recurrent = defineEstimator<RecurrentParams, TensorState<Form>>({
  id: 'recurrent',
  version: 1,
  label: 'Recurrent network',
  help: 'A network that reads a window of moments one after the other. The columns are the moments, the earliest first, the numbers of a moment side by side; `steps` and `features` say how many. Missing numbers count as the mean.',
  tasks: ['binary-classification', 'multiclass-classification', 'regression'],
  accepts: { missing: true, categorical: false, scaled: false, sparse: false, constant: true },
  columnsAre: 'moments of a window',
  params: recurrentParams,
  computes: ({ backend }) => ({ networks: ['dense', 'recurrence'], wish: backend }),
  estimateMemory: memoryOf,
  fit: async (matrix, target, params, ctx) => fitTensors(model, formOf(matrix.columns.length, params), matrix, target, params, ctx),
  predict: (state, matrix) => Promise.resolve().then(() => predictTensors(model, state, matrix)),
  describe({ form: { steps, features, cell, units }, networks, weighted, backend }) {
    const kind = cell === 'gru' ? 'gated recurrent units' : 'units of long short-term memory'
    return { summary: `${networksInWords(networks, `with ${String(units)} ${kind} over windows of ${String(steps)} × ${String(features)}`, backend)}${weightNote(weighted)}`, importance: [] }
  },
  searchSpace: () => [{ label: 'default', params: {} }],
  worthTrying: () => false, // nothing tells yet that the columns of a table are moments
  serialise: saveTensors,
  deserialise: (saved) => loadTensors(model, saved),
})
