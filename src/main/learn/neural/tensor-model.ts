import { z } from 'zod'
import type { Network } from '../../compute/network.ts'
import type { Matrix, Prediction, Target } from '../../table/matrix.ts'
import { requireNoInfinity } from '../estimators/require-finite.ts'
import type { FitContext } from '../fit-context.ts'
import { unreadableState, type SavedState } from '../saved-state.ts'
import { runStages } from './forward/run-stages.ts'
import type { Stage } from './forward/stage.ts'
import { startWishedBackend } from './backend-wish.ts'
import { partsOf } from './learning-parts.ts'
import { outputsOf, problemOf, type Output } from './problem.ts'
import { networkArrays, networksFrom, type Trained } from './saved-networks.ts'
import { learnScaling, scaleRows, type Scaling } from './scaling.ts'
import { predictionOf } from './scores.ts'
import { temperatureFor } from './temperature.ts'
import { trainNetworks } from './train-networks.ts'
import { settingsOf, type TrainingParams } from './training-params.ts'

/** Held-back rows from which probabilities are calibrated. */
const FEWEST_TO_CALIBRATE = 50

/** A fitted model over rows whose columns are the cells of an image or a window: several networks of one form, averaged. */
export type TensorState<F> = {
  readonly output: Output
  readonly scaling: Scaling
  readonly form: F
  readonly networks: readonly Trained[]
  /** Scores are divided by it: above 1, probabilities were too sure of themselves (Guo et al. 2017). */
  readonly temperature: number
  /** Whether rows counted by their class. */
  readonly weighted: boolean
  readonly backend: string
}

/** A kind of network over such rows. `F`: what decides its form. */
export type TensorModel<F> = {
  /** Of the estimator. */
  readonly id: string
  /** In words, as the beginning of a sentence. */
  readonly name: string
  readonly formSchema: z.ZodType<F>
  /** Column j belongs to channel j modulo this number; channels have a scale each. */
  channelsOf(form: F): number
  networkOf(form: F, outputs: number): Network
  /** The same network with its weights, for predictions. */
  stagesOf(form: F, trained: Trained): readonly Stage[]
}

/** Trains the networks on the backend that the parameters name. */
export async function fitTensors<F>(model: TensorModel<F>, form: F, matrix: Matrix, target: Target, params: TrainingParams, ctx: FitContext): Promise<TensorState<F>> {
  requireNoInfinity(matrix, model.name)
  const problem = problemOf(target)
  const { output } = problem
  const scaling = learnScaling(matrix, model.channelsOf(form))
  const encode = (rows: Matrix) => ({ rows: rows.rows, numbers: scaleRows(rows, scaling), codes: new Int32Array(0) })
  const { train, held } = partsOf(matrix, target, encode, problem, params, ctx)
  const { networks, backend } = await trainNetworks(
    {
      network: model.networkOf(form, outputsOf(output)), outputs: outputsOf(output), loss: problem.loss, lossName: problem.lossName, train, validation: held,
      settings: settingsOf(params, train.rows, held !== undefined), seeds: params.seeds,
      startBackend: () => startWishedBackend(params.backend, ctx),
    },
    ctx,
  )
  const trained = networks.map(({ weights, measured, bestEpoch }) => ({ weights, measured, epochs: bestEpoch }))
  const state: TensorState<F> = { output, scaling, form, networks: trained, temperature: 1, weighted: params.classWeight !== 'none', backend }
  if (held === undefined || output.link === 'identity' || held.rows < FEWEST_TO_CALIBRATE) return state
  return { ...state, temperature: temperatureFor(output.link, scoresOf(model, state, held.numbers, held.rows), held.target, outputsOf(output)) }
}

/** Predictions for a matrix in the columns that the state was fitted on. */
export function predictTensors<F>(model: TensorModel<F>, state: TensorState<F>, matrix: Matrix): Prediction {
  requireNoInfinity(matrix, model.name)
  return predictionOf(state.output, scoresOf(model, state, scaleRows(matrix, state.scaling), matrix.rows), state.temperature)
}

function scoresOf<F>(model: TensorModel<F>, { form, networks }: TensorState<F>, numbers: Float32Array, rows: number): Float32Array {
  return runStages(networks.map((trained) => model.stagesOf(form, trained)), numbers, rows)
}

const jsonSchema = z.object({
  output: z.object({ link: z.enum(['logistic', 'softmax', 'identity']), classes: z.array(z.string()), scale: z.number(), shift: z.number() }),
  scaling: z.object({ means: z.array(z.number()).min(1), factors: z.array(z.number()).min(1) }),
  form: z.unknown(),
  epochs: z.array(z.int()).min(1),
  temperature: z.number().gt(0),
  weighted: z.boolean(),
  backend: z.string(),
})

/** State as JSON and arrays. */
export function saveTensors<F>({ networks, ...rest }: TensorState<F>): SavedState {
  return { json: { ...rest, epochs: networks.map(({ epochs }) => epochs) }, arrays: networkArrays(networks) }
}

/** The inverse of `saveTensors`; throws `corrupt` where something is missing or has another size than the network has. */
export function loadTensors<F>(model: TensorModel<F>, saved: SavedState): TensorState<F> {
  const parsed = jsonSchema.safeParse(saved.json)
  if (!parsed.success) throw unreadableState(model.id, z.prettifyError(parsed.error))
  const form = model.formSchema.safeParse(parsed.data.form)
  if (!form.success) throw unreadableState(model.id, z.prettifyError(form.error))
  const { epochs, ...rest } = parsed.data
  return { ...rest, form: form.data, networks: networksFrom(saved, model.networkOf(form.data, outputsOf(rest.output)), epochs, model.id) }
}
