import { z } from 'zod'
import type { EpochLosses, FinishedTraining, TrainedNetwork, TrainingState } from './training-state.ts'

/** What a training is tried with, and how it went with ten times the rate where it ran away then. */
export type Attempt = { readonly learningRate: number; readonly batchSize: number; readonly ranAway: readonly EpochLosses[] }

/** A network's training as it was put down: on the way, or over. */
export type TrainingCheckpoint = Attempt & ({ readonly kind: 'under way'; readonly state: TrainingState } | { readonly kind: 'over'; readonly finished: FinishedTraining })

const FORMAT = 1

// JSON has no NaN and no infinity, which a loss may be.
const number = z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity'])]).transform(Number)
const lossesSchema = z.object({ training: number, validation: number.nullable() })
const headSchema = z.object({
  format: z.literal(FORMAT),
  /** What is trained on what, as a hash: a checkpoint of something else is none. */
  training: z.string(),
  kind: z.enum(['under way', 'over']),
  learningRate: z.number(),
  batchSize: z.int().min(1),
  ranAway: z.array(lossesSchema),
  history: z.array(lossesSchema),
  steps: z.int().min(0),
  sum: number,
  adamSteps: z.int().min(0),
  best: z.object({ epochs: z.int(), bestEpoch: z.int(), loss: number }).nullable(),
  /** Lengths of the arrays that follow, by what they are. */
  arrays: z.object({ weights: z.array(z.int().min(0)), first: z.array(z.int().min(0)), second: z.array(z.int().min(0)), best: z.array(z.int().min(0)), measured: z.array(z.int().min(0)) }),
})

const PARTS = ['weights', 'first', 'second', 'best', 'measured'] as const

type Arrays = Readonly<Record<(typeof PARTS)[number], readonly Float32Array[]>>

function arraysOf(checkpoint: TrainingCheckpoint): Arrays {
  if (checkpoint.kind === 'over') return { weights: [], first: [], second: [], best: checkpoint.finished.network.weights, measured: checkpoint.finished.network.measured }
  const { weights, adam, best } = checkpoint.state
  return { weights, first: adam.first, second: adam.second, best: best?.weights ?? [], measured: best?.measured ?? [] }
}

/** A checkpoint as bytes: the length of its head, the head as JSON, then float32 arrays, all little-endian. `training` names what is trained. */
export function encodeCheckpoint(training: string, checkpoint: TrainingCheckpoint): Uint8Array {
  const arrays = arraysOf(checkpoint)
  const over = checkpoint.kind === 'over'
  const history = (over ? checkpoint.finished : checkpoint.state).history
  const best = over ? checkpoint.finished.network : checkpoint.state.best
  const head = {
    format: FORMAT, training, kind: checkpoint.kind, learningRate: checkpoint.learningRate, batchSize: checkpoint.batchSize,
    ranAway: checkpoint.ranAway.map(lossesText), history: history.map(lossesText),
    steps: over ? 0 : checkpoint.state.steps, sum: over ? 0 : numberText(checkpoint.state.sum), adamSteps: over ? 0 : checkpoint.state.adam.steps,
    best: best === undefined ? null : { epochs: best.epochs, bestEpoch: best.bestEpoch, loss: numberText(best.loss) },
    arrays: Object.fromEntries(PARTS.map((part) => [part, arrays[part].map(({ length }) => length)])),
  }
  const text = new TextEncoder().encode(JSON.stringify(head))
  const all = PARTS.flatMap((part) => arrays[part])
  const bytes = new Uint8Array(all.reduce((sum, { byteLength }) => sum + byteLength, 4 + text.length))
  new DataView(bytes.buffer).setUint32(0, text.length, true)
  bytes.set(text, 4)
  let at = 4 + text.length
  for (const array of all) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at)
    at += array.byteLength
  }
  return bytes
}

function lossesText({ training, validation }: EpochLosses): { readonly training: number | string; readonly validation: number | string | null } {
  return { training: numberText(training), validation: validation === null ? null : numberText(validation) }
}

function numberText(value: number): number | string {
  return Number.isFinite(value) ? value : String(value)
}

/** The inverse of `encodeCheckpoint`; undefined where the bytes are no checkpoint of this training. `weights` are the lengths of the network's parameters. */
export function decodeCheckpoint(training: string, weights: readonly number[], bytes: Uint8Array): TrainingCheckpoint | undefined {
  const head = readHead(bytes)
  if (head?.training !== training) return undefined
  const wanted: readonly (readonly number[])[] = [...(head.kind === 'over' ? [] : [head.arrays.weights, head.arrays.first, head.arrays.second]), ...(head.best === null ? [] : [head.arrays.best])]
  if (wanted.some((lengths) => lengths.length !== weights.length || lengths.some((length, i) => length !== weights[i]))) return undefined
  const arrays = readArrays(head, bytes)
  if (arrays === undefined) return undefined
  const { learningRate, batchSize, ranAway, history, steps, sum } = head
  const attempt = { learningRate, batchSize, ranAway }
  const best: TrainedNetwork | undefined = head.best === null ? undefined : { ...head.best, weights: arrays.best, measured: arrays.measured }
  if (head.kind === 'over') return best && { kind: 'over', ...attempt, finished: { history, network: best } }
  const state: TrainingState = { history, steps, sum, best, weights: arrays.weights, adam: { first: arrays.first, second: arrays.second, steps: head.adamSteps } }
  return { kind: 'under way', ...attempt, state }
}

type Head = z.infer<typeof headSchema>

function readHead(bytes: Uint8Array): Head | undefined {
  if (bytes.length < 4) return undefined
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true)
  if (length > bytes.length - 4) return undefined
  try {
    return headSchema.parse(JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length))))
  } catch {
    return undefined
  }
}

function readArrays(head: Head, bytes: Uint8Array): Arrays | undefined {
  let at = 4 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true)
  const total = PARTS.reduce((sum, part) => sum + head.arrays[part].reduce((cells, length) => cells + length, 0), 0)
  if (bytes.length !== at + 4 * total) return undefined
  const read = (length: number): Float32Array => {
    const array = new Float32Array(length)
    new Uint8Array(array.buffer).set(bytes.subarray(at, at + 4 * length)) // copied: the bytes may begin anywhere in theirs
    at += 4 * length
    return array
  }
  const [weights, first, second, best, measured] = PARTS.map((part) => head.arrays[part].map(read)) as [Float32Array[], Float32Array[], Float32Array[], Float32Array[], Float32Array[]]
  return { weights, first, second, best, measured }
}
