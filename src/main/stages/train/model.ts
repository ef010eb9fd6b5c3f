import type { Artifact, ArtifactMeta } from '#shared/domain/artifact.ts'
import type { Iteration } from '#shared/domain/measurement.ts'
import type { Goal } from '#shared/domain/task.ts'
import { MillraceError } from '#shared/errors.ts'
import { estimators } from '../../learn/estimators/index.ts'
import type { FitContext } from '../../learn/fit-context.ts'
import { saveModel, type Lineage, type Model } from '../../learn/model/index.ts'
import { chooseModel, type CandidateRecord, type Choice, type TrainingSet } from '../../learn/tuning/index.ts'
import { defineStep, type StageContext } from '../step-kind.ts'
import { learningCurve } from '../../learn/tuning/learning-curve.ts'
import { choiceText } from './choice-file.ts'
import { computeNeeds } from './compute-needs.ts'
import { curvesText } from './curves-file.ts'
import { listContenders, readWish } from './contenders.ts'
import { fitModel } from './fit-model.ts'
import { budgetSeconds, metricFor, secondsLeft, trainParams, type TrainParams } from './params.ts'
import { readTrainingSet } from './read-training-set.ts'
import { samplesFor, trainingMemory } from './training-rows.ts'

function requireGoal(goal: Goal | undefined): Goal {
  if (goal !== undefined) return goal
  throw new MillraceError({
    code: 'invalid-pipeline',
    headline: 'train/model needs to know what to learn',
    message: 'The pipeline says neither `task` nor `target`.',
    nextStep: 'Add `task:` and `target:` at the top of the pipeline file.',
  })
}

/** A part of the step's progress, for a piece of its work. */
async function fitContext(ctx: StageContext, name: string, from: number, to: number): Promise<FitContext> {
  return {
    rng: ctx.rng.fork(name),
    pool: await ctx.kernels(),
    memoryBytes: ctx.memoryBytes,
    log: ctx.log,
    ...(ctx.checkpoints === undefined ? {} : { checkpoints: ctx.checkpoints.fork(name) }),
    ...(ctx.backend === undefined ? {} : { backend: ctx.backend.id }),
    throwIfAborted: () => {
      ctx.throwIfAborted()
    },
    progress: (fraction, message) => {
      ctx.progress(from + (to - from) * fraction, message)
    },
  }
}

function logCandidate({ label, mean, deviation, folds, seconds, status, note }: CandidateRecord, metric: string, aside: boolean, ctx: StageContext): void {
  const parts = aside ? `${folds} parts of the validation rows` : folds === 1 ? '1 fold' : `${folds} folds`
  const score = mean === null ? status : `${metric} ${mean.toPrecision(4)}${folds < 2 ? '' : ` ± ${(deviation ?? 0).toPrecision(2)}`} in ${parts}, ${seconds.toFixed(2)} s`
  ctx.log.info(`${label}: ${score}${note === null ? '' : ` (${note})`}`)
}

async function choose(set: TrainingSet, params: TrainParams, ctx: StageContext): Promise<Choice> {
  const wish = readWish(set.goal.task, params)
  const started = { clock: ctx.clock.monotonic(), processor: ctx.clock.processor() }
  const budget = budgetSeconds(params.budget)
  const metric = metricFor(set.goal.task, params.metric)
  const contenders = listContenders(set, wish, ctx.memoryBytes, (message) => {
    ctx.log.warn(message)
  })
  const choice = await chooseModel({
    set,
    contenders,
    metric,
    folds: params.folds,
    blend: wish === undefined,
    secondsLeft: () =>
      secondsLeft(budget, { processor: (ctx.clock.processor() - started.processor) / 1000, clock: (ctx.clock.monotonic() - started.clock) / 1000 }),
    fit: await fitContext(ctx, 'choice', 0.05, 0.8),
    onScore: (score) => {
      ctx.measure({ kind: 'fold-score', ...score })
    },
  })
  for (const candidate of choice.candidates) logCandidate(candidate, metric.label, set.validation !== undefined, ctx)
  const cut = choice.candidates.filter(({ status }) => status === 'out of time')
  if (cut.length > 0) ctx.log.warn(`The time of ${budget} s was up before ${cut.map(({ label }) => label).join(', ')}; \`budget\` gives more`)
  ctx.log.info(`Chosen: ${choice.reason}`)
  return choice
}

function metaOf(model: Model): ArtifactMeta<'model'> {
  const { task, target } = model.goal
  const { validation } = model
  const about = { task, target, estimator: model.estimator.id, summary: model.summary }
  if (validation === undefined) return about
  const { metric, mean, deviation, rows } = validation
  return { ...about, validation: { metric, mean, deviation, ...(rows === undefined ? {} : { rows }) } }
}

/** Learns the target from the features: the estimator that was named, or the best by cross-validation on the training rows or by validation rows. */
export const trainModel = defineStep({
  id: 'train/model',
  version: 3,
  label: 'Train',
  help: 'Learns the target. Without an estimator it compares several by cross-validation on the training rows within a budget of time, and says why it chose. Given validation rows, it judges by these instead: candidates, and how long or how strictly each of them learns.',
  params: trainParams,
  inputs: {
    train: { kind: 'dataset', from: ['train', 'data'] },
    validation: { kind: 'dataset', from: ['validation'], optional: true },
    recipe: { kind: 'recipe', from: ['recipe'] },
  },
  outputs: { model: 'model' },
  usesGoal: true,
  usesSeed: true,
  computes: computeNeeds,
  estimate: ({ params, inputs }) => ({ memoryBytes: trainingMemory(params.rows, inputs.train.meta, inputs.validation?.meta), diskBytes: 64 << 20 }),
  async run({ params, inputs }, ctx) {
    const goal = requireGoal(ctx.goal)
    const wish = readWish(goal.task, params)
    metricFor(goal.task, params.metric)
    ctx.progress(0, 'reading the training rows')
    const able = wish === undefined ? estimators.filter(({ tasks }) => tasks.includes(goal.task)) : [wish.estimator]
    const set = await readTrainingSet(inputs, goal, able, samplesFor(params.rows, inputs, ctx), ctx)
    const choice = await choose(set, params, ctx)
    const lineage = { ...lineageOf(inputs, ctx), ...(choice.members.some(({ part }) => part.estimator.computes !== undefined) ? backendOf(ctx) : {}) }
    const iterations: Iteration[] = []
    const model = await fitModel(set, choice, lineage, await fitContext(ctx, 'fit', 0.8, 0.9), (iteration) => {
      iterations.push(iteration)
      ctx.measure(iteration)
    })
    const curve = params.learningCurve
      ? await learningCurve(set, choice.members, metricFor(goal.task, params.metric), await fitContext(ctx, 'learning curve', 0.9, 0.98))
      : []
    ctx.log.info(`Trained on ${model.rows} rows: ${model.summary}`)
    const path = await ctx.outputFolder('model')
    const { json, weights } = saveModel(model)
    await ctx.writeFile(path, 'model.json', json)
    await ctx.writeFile(path, 'weights.bin', weights)
    await ctx.writeFile(path, 'choice.json', choiceText(choice, { automatic: wish === undefined, learningCurve: curve, trainingRows: [inputs.train.hash, ...(inputs.validation === undefined ? [] : [inputs.validation.hash])].join('\n') }))
    await ctx.writeFile(path, 'curves.json', curvesText(iterations))
    return { model: { kind: 'model', path, meta: metaOf(model) } }
  },
})

/** What the networks of a model were computed with. */
function backendOf({ backend }: StageContext): Lineage {
  return backend === undefined ? {} : { backend: backend.id, device: backend.device, backendReason: backend.why }
}

function lineageOf(inputs: { readonly train: Artifact; readonly validation: Artifact | undefined; readonly recipe: Artifact }, ctx: StageContext) {
  const validation = inputs.validation === undefined ? {} : { validation: inputs.validation.hash }
  return { step: 'train/model', train: inputs.train.hash, ...validation, recipe: inputs.recipe.hash, seed: ctx.seed }
}
