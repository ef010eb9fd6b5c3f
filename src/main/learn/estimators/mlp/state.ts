import { z } from 'zod'
import type { MillraceError } from '#shared/errors.ts'
import { savedArray, unreadableState, type SavedArray, type SavedState } from '../../saved-state.ts'
import { networkOf, type Form } from './architecture.ts'
import { parametersOf } from '../../../compute/network.ts'
import type { ColumnEncoding } from './encode.ts'

/** One trained network: weights in the order of `parametersOf`, and what its layers measured. */
export type Trained = { readonly weights: readonly Float32Array[]; readonly measured: readonly Float32Array[]; readonly epochs: number }

/** A fitted multilayer perceptron: several networks of one form, averaged. */
export type MlpState = {
  /** What turns scores into predictions: probabilities of two or more classes, or a number. */
  readonly link: 'logistic' | 'softmax' | 'identity'
  readonly classes: readonly string[]
  readonly encoding: readonly ColumnEncoding[]
  readonly form: Form
  readonly networks: readonly Trained[]
  /** Scores are divided by it: above 1, probabilities were too sure of themselves (Guo et al. 2017). */
  readonly temperature: number
  /** A number is score · scale + shift. */
  readonly scale: number
  readonly shift: number
  /** Whether rows counted by their class. */
  readonly weighted: boolean
  /** Networks that ran away at first and learnt with a tenth of the rate then. */
  readonly slowed: number
  readonly backend: string
}

const encodingSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('number'), mean: z.number(), factor: z.number() }),
  z.object({ kind: z.literal('bins'), edges: z.array(z.number()).min(3) }),
  z.object({ kind: z.literal('levels'), classes: z.int().min(0), missing: z.boolean() }),
  z.object({ kind: z.literal('classes'), name: z.string(), classes: z.int().min(0) }),
])

const jsonSchema = z.object({
  link: z.enum(['logistic', 'softmax', 'identity']),
  classes: z.array(z.string()),
  encoding: z.array(encodingSchema),
  form: z.object({ hidden: z.array(z.int().min(1)), embedding: z.int().min(1), batchNorm: z.boolean(), dropout: z.number() }),
  epochs: z.array(z.int()).min(1),
  temperature: z.number().gt(0),
  scale: z.number(),
  shift: z.number(),
  weighted: z.boolean(),
  slowed: z.int().min(0).default(0),
  backend: z.string(),
})

/** Number of scores per row. */
export function outputsOf({ link, classes }: Pick<MlpState, 'link' | 'classes'>): number {
  return link === 'softmax' ? classes.length : 1
}

/** State as JSON and arrays: `network/k/w/i` and `network/k/m/i`. */
export function serialise({ networks, ...rest }: MlpState): SavedState {
  const arrays: Record<string, SavedArray> = {}
  networks.forEach(({ weights, measured }, k) => {
    weights.forEach((values, i) => (arrays[`network/${String(k)}/w/${String(i)}`] = values))
    measured.forEach((values, i) => (arrays[`network/${String(k)}/m/${String(i)}`] = values))
  })
  return { json: { ...rest, epochs: networks.map(({ epochs }) => epochs) }, arrays }
}

/** The inverse of `serialise`; throws `corrupt` where arrays are missing or of other lengths than the network has. */
export function deserialise(saved: SavedState): MlpState {
  const parsed = jsonSchema.safeParse(saved.json)
  if (!parsed.success) throw corrupt(z.prettifyError(parsed.error))
  const { epochs, ...rest } = parsed.data
  const network = networkOf(rest.encoding, rest.form, outputsOf(rest))
  const weightSizes = parametersOf(network).map(({ shape }) => shape.reduce((size, side) => size * side, 1))
  const measuredSizes = network.layers.flatMap(({ measured = [] }) => measured.map(({ size }) => size))
  const arraysOf = (k: number, part: 'w' | 'm', sizes: readonly number[]): readonly Float32Array[] =>
    sizes.map((size, i) => {
      const array = savedArray(saved, `network/${String(k)}/${part}/${String(i)}`, Float32Array, 'mlp')
      if (array.length !== size) throw corrupt(`network ${String(k)} has ${String(array.length)} numbers where ${String(size)} belong`)
      return array
    })
  return { ...rest, networks: epochs.map((count, k) => ({ weights: arraysOf(k, 'w', weightSizes), measured: arraysOf(k, 'm', measuredSizes), epochs: count })) }
}

function corrupt(reason: string): MillraceError {
  return unreadableState('mlp', reason)
}
