import { MillraceError } from '#shared/errors.ts'
import type { Matrix, Target } from '../../../table/matrix.ts'
import type { FitContext } from '../../fit-context.ts'
import { startWishedBackend } from '../../neural/backend-wish.ts'
import { outputsOf, problemOf, valuesIn, type Output } from '../../neural/problem.ts'
import type { Trained } from '../../neural/saved-networks.ts'
import type { LearningRows } from '../../neural/training-data.ts'
import { trainNetworks } from '../../neural/train-networks.ts'
import { rowWeights } from '../class-weights.ts'
import { requireFinite } from '../require-finite.ts'
import { networkOf, requireFewClasses } from './architecture.ts'
import { calibrate } from './calibrate.ts'
import { encodeRows, learnEncoding, type ColumnEncoding } from './encode.ts'
import { partsFor } from './judging.ts'
import type { MlpParams } from './params.ts'
import { settingsFor } from './settings.ts'
import type { MlpState } from './state.ts'
import { meanForUnseen } from './unseen-classes.ts'

function learningRows(matrix: Matrix, target: Target, encoding: readonly ColumnEncoding[], output: Output, params: MlpParams): LearningRows {
  return { ...encodeRows(matrix, encoding), target: valuesIn(output, target), weights: Float32Array.from(rowWeights(target, params.classWeight)) }
}

/** Trains the networks on the backend that the parameters name. */
export async function fitMlp(matrix: Matrix, target: Target, params: MlpParams, ctx: FitContext): Promise<MlpState> {
  for (const given of [matrix, ctx.validation?.matrix]) if (given !== undefined) requireFinite(given, 'A neural network')
  const { output, loss, lossName } = problemOf(target)
  const { link, classes, scale, shift } = output
  if (link !== 'identity' && classes.length < 2) throw oneClass(classes[0])
  const outputs = outputsOf(output)
  const settings = settingsFor(params, { rows: matrix.rows, classes: target.kind === 'classes' })
  const encoding = learnEncoding(matrix, settings.encoding, settings.bins)
  const form = { hidden: settings.hidden, embedding: settings.embedding, batchNorm: settings.batchNorm, dropout: settings.dropout }
  requireFewClasses(encoding, form)
  const rows = learningRows(matrix, target, encoding, output, params)
  const judges = ctx.validation && learningRows(ctx.validation.matrix, ctx.validation.target, encoding, output, params)
  const groups = target.kind === 'classes' ? target.codes : undefined
  const parts = judges === undefined && params.earlyStopping ? partsFor(matrix.rows, groups, settings.seeds, params.validationFraction, ctx.rng) : undefined
  const { epochs, batchSize, learningRate, weightDecay } = settings
  const patience = params.earlyStopping && (judges ?? parts) !== undefined ? settings.patience : undefined
  const { networks: trained, backend } = await trainNetworks(
    {
      network: networkOf(encoding, form, outputs), outputs, loss, lossName, train: rows, validation: judges, parts,
      settings: { epochs, batchSize, learningRate, weightDecay, patience }, seeds: settings.seeds,
      startBackend: () => startWishedBackend(params.backend, ctx),
    },
    ctx,
  )
  const networks = trained.map(
    ({ weights, measured, bestEpoch }, k): Trained => ({ weights: meanForUnseen(weights, encoding, rows.codes, parts?.[k]?.train), measured, epochs: bestEpoch }),
  )
  const slowed = trained.filter((network) => network.learningRate < learningRate).length
  const state: MlpState = { link, classes, encoding, form, networks, temperature: 1, scale, shift, weighted: params.classWeight !== 'none', slowed, backend }
  return { ...state, temperature: calibrate(state, rows, parts, judges) }
}

function oneClass(name: string | undefined): MillraceError {
  return new MillraceError({
    code: 'invalid-data',
    headline: 'A neural network needs two classes to tell apart',
    message: name === undefined ? 'The target has no class.' : `Every row is of the class "${name}".`,
    nextStep: 'Add rows of another class, or choose another target.',
    details: { classes: name === undefined ? 0 : 1 },
  })
}
