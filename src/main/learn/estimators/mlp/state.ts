import { z } from 'zod'
import { outputsOf } from '../../neural/problem.ts'
import { networkArrays, networksFrom, type Trained } from '../../neural/saved-networks.ts'
import { unreadableState, type SavedState } from '../../saved-state.ts'
import { networkOf, type Form } from './architecture.ts'
import type { ColumnEncoding } from './encode.ts'

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

/** State as JSON and arrays. */
export function serialise({ networks, ...rest }: MlpState): SavedState {
  return { json: { ...rest, epochs: networks.map(({ epochs }) => epochs) }, arrays: networkArrays(networks) }
}

/** The inverse of `serialise`; throws `corrupt` where arrays are missing or of other lengths than the network has. */
export function deserialise(saved: SavedState): MlpState {
  const parsed = jsonSchema.safeParse(saved.json)
  if (!parsed.success) throw unreadableState('mlp', z.prettifyError(parsed.error))
  const { epochs, ...rest } = parsed.data
  return { ...rest, networks: networksFrom(saved, networkOf(rest.encoding, rest.form, outputsOf(rest)), epochs, 'mlp') }
}
