import { clone, tensor, tidy, type Tensor } from '@tensorflow/tfjs-core'
import type { Rng } from '../base/rng.ts'
import type { Batch, Stem } from './layers/embedding.ts'
import type { Layer, Parameter, Pass } from './layers/layer.ts'
import type { Loss } from './losses/loss.ts'
import type { StartingWeight } from './optimiser.ts'

/** A feed-forward network: a stem and layers behind one another. */
export type Network = { readonly stem: Stem; readonly layers: readonly Layer[] }

/** What the rows of a batch have to become: see `Loss`. */
export type BatchTarget = { readonly values: Tensor; readonly weights: Tensor; readonly total: number }

/** Means and variances that layers measured, layer after layer, in the order of `measured`. */
export type Measured = readonly Float32Array[]

/** Asked between two layers, so that wide ones can be cancelled; throws where that is wanted. */
export type Between = () => void

const GO_ON: Between = () => undefined

/** Every parameter of a network, the stem's first. */
export function parametersOf({ stem, layers }: Network): readonly Parameter[] {
  return [...stem.parameters, ...layers.flatMap(({ parameters }) => parameters)]
}

/** Starting weights from a seeded source, each parameter from its own stream. */
export function initialise(network: Network, rng: Rng): readonly StartingWeight[] {
  return parametersOf(network).map((parameter, i) => ({
    values: parameter.initial(rng.fork(`${String(i)} ${parameter.name}`)), shape: parameter.shape, decays: parameter.decays,
  }))
}

type Step = { readonly input: Tensor; readonly output: Tensor; readonly kept: readonly Tensor[]; readonly weights: readonly Tensor[] }

/** Where each layer's weights begin among all. */
function slices({ stem, layers }: Network, weights: readonly Tensor[]): readonly (readonly Tensor[])[] {
  let at = stem.parameters.length
  return layers.map(({ parameters }) => weights.slice(at, (at += parameters.length)))
}

function walk(network: Network, batch: Batch, weights: readonly Tensor[], pass: Pass, between: Between, measured: readonly Tensor[] = []): readonly Step[] {
  const steps: Step[] = []
  const own = slices(network, weights)
  let input = network.stem.forward(batch, weights.slice(0, network.stem.parameters.length))
  let at = 0
  network.layers.forEach((layer, i) => {
    between()
    const count = layer.measured?.length ?? 0
    const given = [...(own[i] ?? []), ...measured.slice(at, (at += count))]
    const { output, kept } = layer.forward(input, given, pass)
    steps.push({ input, output, kept, weights: own[i] ?? [] })
    input = output
  })
  return steps
}

/** Loss of a batch and gradients by every weight, in the order of `parametersOf`; run it inside `tidy`. */
export function trainingStep(
  network: Network, batch: Batch, target: BatchTarget, weights: readonly Tensor[], loss: Loss, rng: Rng, between = GO_ON,
): { readonly loss: Tensor; readonly gradients: readonly Tensor[] } {
  const steps = walk(network, batch, weights, { mode: 'train', rng }, between)
  const end = steps.at(-1)
  if (end === undefined) throw new Error('A network without layers')
  const found = loss.evaluate(end.output, target.values, target.weights, target.total)
  let gradient = found.gradient
  let gradients: readonly Tensor[] = []
  const learnsInput = network.stem.parameters.length > 0
  const first = learnsInput ? -1 : network.layers.findIndex(({ parameters }) => parameters.length > 0) // before it, nobody learns
  for (let i = steps.length - 1; i >= Math.max(0, first); i--) {
    between()
    const step = steps[i] as Step
    const back = (network.layers[i] as Layer).backward({ ...step, gradient }, i > first)
    gradients = [...back.weights, ...gradients]
    if (back.input !== undefined) gradient = back.input
  }
  return { loss: found.loss, gradients: [...(learnsInput ? network.stem.backward(batch, gradient) : []), ...gradients] }
}

/** Output [rows, outputs] with measured means and deviations. */
export function predict(network: Network, batch: Batch, weights: readonly Tensor[], measured: Measured, between = GO_ON): Tensor {
  return tidy(() => {
    const output = walk(network, batch, weights, { mode: 'predict' }, between, measured.map((values) => tensor(values))).at(-1)?.output
    if (output === undefined) throw new Error('A network without layers')
    return clone(output)
  })
}

/** The means and variances of a batch of many rows, without chance. */
export async function measure(network: Network, batch: Batch, weights: readonly Tensor[], rng: Rng, between = GO_ON): Promise<Measured> {
  const found = tidy(() =>
    walk(network, batch, weights, { mode: 'measure', rng }, between).flatMap(({ kept }, i) => kept.slice(0, network.layers[i]?.measured?.length ?? 0).map((part) => clone(part))),
  )
  const values = await Promise.all(found.map(async (part) => Float32Array.from(await part.data())))
  for (const part of found) part.dispose()
  return values
}
