import type { EvaluationReport } from '#shared/domain/evaluation.ts'
import { MillraceError } from '#shared/errors.ts'
import type { Rng } from '../../base/rng.ts'
import { bootstrapIntervals, type Interval } from '../../learn/metrics/bootstrap.ts'
import { evaluatePrediction, metricsOf, primaryMetric } from '../../learn/metrics/index.ts'
import type { MistakeCosts } from '../../learn/metrics/thresholds.ts'
import type { Model } from '../../learn/model/model.ts'
import { targetOf, type TargetReading } from '../../learn/model/target.ts'
import type { Column } from '../../table/column.ts'
import type { Prediction } from '../../table/matrix.ts'
import { baselinePrediction } from './baseline.ts'
import { evaluationDetail } from './detail.ts'
import { sliceEvaluation, type SliceWork } from './slices.ts'
import { evaluationWarnings } from './warnings.ts'
import { comparisonInWords } from './words.ts'

/** The target of the test rows; classes that training did not see come after the model's, so that they count as mistakes. */
export function readTestTarget(model: Model, column: Column): TargetReading {
  if (model.goal.task === 'regression') return targetOf(model.goal, column)
  const reading = targetOf(model.goal, column, model.classes)
  if (reading.unseen.length === 0) return reading
  const all = targetOf(model.goal, column, [...model.classes, ...reading.unseen.map(({ value }) => value)])
  return { ...all, unseen: reading.unseen }
}

function requireRows(model: Model, reading: TargetReading): void {
  if (reading.rows.length > 0) return
  throw new MillraceError({
    code: 'invalid-data',
    headline: 'There are no test rows to evaluate the model on',
    message: `${reading.missing === 0 ? 'The test part is empty' : `All ${reading.missing} test rows lack the target "${model.goal.target}"`}.`,
    nextStep: 'Give prepare/split a larger `test`, or add rows with a target.',
    details: { column: model.goal.target },
  })
}

function primaryOf(model: Model, metrics: Readonly<Record<string, number>>, interval: Interval | undefined): EvaluationReport['primary'] {
  const { id, label, greaterIsBetter } = primaryMetric(model.goal.task)
  const value = metrics[id]
  return { metric: id, label, greaterIsBetter, ...(value === undefined ? {} : { value }), ...(interval === undefined ? {} : { interval }) }
}

/** A model, the truth of some rows, and what the model says of them: one prediction per entry of `reading.target`. */
export type Evaluation = {
  readonly model: Model
  readonly reading: TargetReading
  readonly prediction: Prediction
  /** True where the model was trained on these very rows. */
  readonly sawRows: boolean
  /** Rows of the whole test part, where only a sample of it is evaluated. */
  readonly sampledFrom?: number | undefined
  /** Columns to look at parts of the rows by, one entry per row of `reading.target`. */
  readonly sliceBy: SliceWork['columns']
  readonly costs?: MistakeCosts | undefined
}

/**
 * The report of an evaluation. Deterministic for the same `rng`. Throws MillraceError `invalid-data` where there is no row.
 */
export function evaluateModel({ model, reading, prediction, sawRows, sampledFrom, sliceBy, costs }: Evaluation, rng: Rng, throwIfAborted: () => void = () => {}): EvaluationReport {
  requireRows(model, reading)
  const { goal } = model
  const { target } = reading
  const rows = reading.rows.length
  const predicted = { target, prediction }
  const metric = primaryMetric(goal.task)
  const metrics = evaluatePrediction(goal.task, target, prediction)
  const intervals = bootstrapIntervals(metricsOf(goal.task), predicted, rng.fork('bootstrap'), throwIfAborted)
  const { description, prediction: ignorant } = baselinePrediction(model, rows)
  const facts = {
    goal,
    rows,
    metrics,
    intervals,
    primary: primaryOf(model, metrics, intervals[metric.id]),
    baseline: { description, metrics: evaluatePrediction(goal.task, target, ignorant) },
    slices: sliceEvaluation({ task: goal.task, metric, predicted, columns: sliceBy }, rng.fork('slices'), throwIfAborted),
    detail: evaluationDetail(model, target, prediction, rng.fork('sample'), costs),
  }
  return {
    formatVersion: 1,
    model: { estimator: model.estimator.id, summary: model.summary, trainingRows: model.rows },
    ...facts,
    comparison: comparisonInWords(facts),
    warnings: evaluationWarnings(facts, reading, { sawRows, sampledFrom }),
  }
}
