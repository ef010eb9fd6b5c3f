import type { Task } from '#shared/domain/task.ts'
import { MillraceError } from '#shared/errors.ts'
import { formatBytes } from '../../base/byte-size.ts'
import type { Estimator } from '../../learn/estimator.ts'
import { estimators } from '../../learn/estimators/index.ts'
import { requireEstimator } from '../../learn/model/find-estimator.ts'
import { contendersOf, matrixShape, type Contender, type TrainingSet } from '../../learn/tuning/index.ts'
import { estimatorParams, type TrainParams } from './params.ts'

/** Rows from which boosted trees are the first guess where nothing can be compared; below, a line. */
const ROWS_FOR_TREES = 200

/** What the user asked to train: one estimator, with or without its parameters, or undefined for "choose". */
export type Wish = { readonly estimator: Estimator; readonly params: unknown } | undefined

/** The user's wish, checked before any data is read. */
export function readWish(task: Task, { estimator: id, params }: TrainParams): Wish {
  if (id === undefined) {
    if (params === undefined) return undefined
    throw new MillraceError({
      code: 'invalid-parameter',
      headline: '`params` needs an `estimator`',
      message: 'train/model was given parameters, but not the estimator that they are for.',
      nextStep: 'Name the estimator, or take `params` out.',
    })
  }
  const estimator = requireEstimator(id)
  if (!estimator.tasks.includes(task)) {
    throw new MillraceError({
      code: 'invalid-parameter',
      headline: `${estimator.label} cannot do ${task}`,
      message: `The estimator "${id}" learns: ${estimator.tasks.join(', ')}.`,
      nextStep: 'Choose another estimator, or leave it out to let Millrace choose.',
      details: { value: id },
    })
  }
  return { estimator, params: params === undefined ? undefined : estimatorParams(estimator, params) }
}

/** Fewer rows of a step with which an estimator that learns in steps would fit, where its user named it: the largest power of two. */
function smallerSteps(set: TrainingSet, wish: Wish, memoryBytes: number): number | undefined {
  if (wish?.params === undefined || !Object.hasOwn(wish.params as object, 'batchSize')) return undefined
  const { estimator, params } = wish
  const classes = set.target.kind === 'classes' ? set.target.classes.length : 0
  const shape = { rows: set.table.rows, ...matrixShape(set, estimator.accepts), classes }
  const bytes = (batchSize: number): number => estimator.estimateMemory(shape, { ...(params as object), batchSize })
  return Array.from({ length: 16 }, (_, halvings) => 2 ** (15 - halvings)).find((batchSize) => bytes(batchSize) <= memoryBytes)
}

type Fitting = { readonly contenders: readonly Contender[]; readonly tooLarge: readonly { label: string; bytes: number }[] }

function contendersFor(set: TrainingSet, estimator: Estimator, params: unknown, memoryBytes: number): Fitting {
  const classes = set.target.kind === 'classes' ? set.target.classes.length : 0
  const shape = { rows: set.table.rows, ...matrixShape(set, estimator.accepts), classes, task: set.goal.task }
  const all = params === undefined ? contendersOf(estimator, shape) : [{ label: estimator.id, estimator, params }]
  const sized = all.map((contender) => ({ contender, bytes: estimator.estimateMemory(shape, contender.params) }))
  return {
    contenders: sized.filter(({ bytes }) => bytes <= memoryBytes).map(({ contender }) => contender),
    tooLarge: sized.filter(({ bytes }) => bytes > memoryBytes).map(({ contender, bytes }) => ({ label: contender.label, bytes })),
  }
}

/** Every default before every other setting: each estimator is heard before the time is up. */
function defaultsFirst(lists: readonly (readonly Contender[])[]): readonly Contender[] {
  return [...lists.flatMap((list) => list.slice(0, 1)), ...lists.flatMap((list) => list.slice(1))]
}

/**
 * Who takes part in the choice, the most promising first. Contenders that would not fit into memory are left out through
 * `leaveOut`; throws `out-of-memory` with the figures where none is left.
 */
export function listContenders(set: TrainingSet, wish: Wish, memoryBytes: number, leaveOut: (message: string) => void): readonly Contender[] {
  const able = estimators.filter(({ tasks }) => tasks.includes(set.goal.task))
  const wanted = wish === undefined ? (set.table.rows >= ROWS_FOR_TREES ? able.toReversed() : [...able.slice(1), ...able.slice(0, 1)]) : [wish.estimator]
  const worth = wanted.filter(
    (estimator) => wish !== undefined || estimator.worthTrying?.({ rows: set.table.rows, ...matrixShape(set, estimator.accepts) }) !== false,
  )
  const found = worth.map((estimator) => contendersFor(set, estimator, wish?.params, memoryBytes))
  const tooLarge = found.flatMap((one) => one.tooLarge)
  for (const { label, bytes } of tooLarge) leaveOut(`${label} needs about ${formatBytes(bytes)} and is left out: ${formatBytes(memoryBytes)} may be used`)
  const contenders = defaultsFirst(found.map((one) => one.contenders))
  if (contenders.length > 0) return contenders
  const batchSize = smallerSteps(set, wish, memoryBytes)
  const least = Math.min(...tooLarge.map(({ bytes }) => bytes))
  throw new MillraceError({
    code: 'out-of-memory',
    headline: 'The data is too large to train on with the memory at hand',
    message: `${set.table.rows} rows need about ${formatBytes(least)}; this step may use ${formatBytes(memoryBytes)}.`,
    nextStep: `${batchSize === undefined ? 'Allow' : `Set \`batchSize\` to ${String(batchSize)}, which fits, allow`} more memory, train on fewer rows, or drop columns in the recipe.`,
    details: { neededBytes: least, allowedBytes: memoryBytes },
  })
}
