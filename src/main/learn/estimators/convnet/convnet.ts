import { parametersOf } from '../../../compute/network.ts'
import { defineEstimator, type DataShape } from '../../estimator.ts'
import { networksInWords } from '../../neural/networks-in-words.ts'
import { fitTensors, loadTensors, predictTensors, saveTensors, type TensorModel, type TensorState } from '../../neural/tensor-model.ts'
import { batchSizeFor } from '../../neural/training-params.ts'
import { weightNote } from '../class-weights.ts'
import { blocksOf, formOf, formSchema, type Form } from './form.ts'
import { networkOf } from './network.ts'
import { convnetParams, type ConvnetParams } from './params.ts'
import { stagesOf } from './stages.ts'

const model: TensorModel<Form> = { id: 'convnet', name: 'A convolutional network', formSchema, channelsOf: ({ channels }) => channels, networkOf, stagesOf }

/** Rows twice over, and for each row of a step what every layer gives and its gradient. */
function memoryOf({ rows, columns, classes }: DataShape & { readonly classes: number }, params: ConvnetParams): number {
  const form = formOf(Math.max(1, Math.floor(columns / params.channels)) * params.channels, { ...params, height: 'auto', width: 'auto' })
  const weights = parametersOf(networkOf(form, Math.max(1, classes))).reduce((sum, { shape }) => sum + shape.reduce((size, side) => size * side, 1), 0)
  const perRow = blocksOf(form).blocks.reduce((sum, { height, width, filters }) => sum + height * width * filters, form.hidden)
  const batch = params.batchSize === 'auto' ? batchSizeFor(rows) : params.batchSize
  return 64e6 + rows * columns * 4 * 3 + 4 * 4 * weights + 4 * 6 * batch * perRow
}

/** A convolutional network over the pixels of images. */
export const convnet = defineEstimator<ConvnetParams, TensorState<Form>>({
  id: 'convnet',
  version: 1,
  label: 'Convolutional network',
  help: 'A network that finds patterns wherever they lie in an image. The columns are the pixels, row after row, the channels of a pixel side by side; `height`, `width` and `channels` say how many. Missing pixels count as the mean.',
  tasks: ['binary-classification', 'multiclass-classification', 'regression'],
  accepts: { missing: true, categorical: false, scaled: false, sparse: false, constant: true },
  columnsAre: 'pixels of an image',
  params: convnetParams,
  computes: ({ backend }) => ({ networks: ['dense', 'convolution'], wish: backend }),
  estimateMemory: memoryOf,
  fit: async (matrix, target, params, ctx) => fitTensors(model, formOf(matrix.columns.length, params), matrix, target, params, ctx),
  predict: (state, matrix) => Promise.resolve().then(() => predictTensors(model, state, matrix)),
  describe({ form: { height, width, channels, filters }, networks, weighted, backend }) {
    const image = [height, width, channels].map(String).join(' × ')
    return { summary: `${networksInWords(networks, `with convolutions of ${filters.join(', ')} filters over images of ${image}`, backend)}${weightNote(weighted)}`, importance: [] }
  },
  searchSpace: () => [{ label: 'default', params: {} }],
  worthTrying: () => false, // nothing tells yet that the columns of a table are pixels
  serialise: saveTensors,
  deserialise: (saved) => loadTensors(model, saved),
})
