import type { Task } from '#shared/domain/task.ts'
import type { Prediction, Target } from '../../table/matrix.ts'
import { accuracy } from './accuracy.ts'
import { averagePrecision } from './average-precision.ts'
import { balancedAccuracy } from './balanced-accuracy.ts'
import { brier } from './brier.ts'
import { cohenKappa } from './cohen-kappa.ts'
import { explainedVariance } from './explained-variance.ts'
import { f1 } from './f1.ts'
import { logLoss } from './log-loss.ts'
import { macroF1 } from './macro-f1.ts'
import { mae } from './mae.ts'
import { mape } from './mape.ts'
import { matthews } from './matthews.ts'
import { maxError } from './max-error.ts'
import { medianAbsoluteError } from './median-absolute-error.ts'
import type { Metric } from './metric.ts'
import { poissonDeviance } from './poisson-deviance.ts'
import { precision } from './precision.ts'
import { r2 } from './r2.ts'
import { recall } from './recall.ts'
import { rmse } from './rmse.ts'
import { rocAuc } from './roc-auc.ts'
import { specificity } from './specificity.ts'
import { weightedF1 } from './weighted-f1.ts'

/** Every metric, those that reports lead with first; adding one is one file and one line here. */
export const metrics: readonly Metric[] = [
  rocAuc,
  accuracy,
  logLoss,
  balancedAccuracy,
  macroF1,
  weightedF1,
  averagePrecision,
  precision,
  recall,
  specificity,
  f1,
  matthews,
  cohenKappa,
  brier,
  rmse,
  mae,
  r2,
  medianAbsoluteError,
  maxError,
  mape,
  explainedVariance,
  poissonDeviance,
]

/** The metric of that id. */
export function findMetric(id: string): Metric | undefined {
  return metrics.find((metric) => metric.id === id)
}

/** The metrics of a task. */
export function metricsOf(task: Task): readonly Metric[] {
  return metrics.filter((metric) => metric.tasks.includes(task))
}

/** Every metric of the task that these rows define, by id. */
export function evaluatePrediction(task: Task, target: Target, prediction: Prediction): Record<string, number> {
  const values: Record<string, number> = {}
  for (const metric of metricsOf(task)) {
    const value = metric.compute(target, prediction)
    if (value !== undefined && Number.isFinite(value)) values[metric.id] = value
  }
  return values
}

/** What a report of the task leads with. */
export function primaryMetric(task: Task): Metric {
  return { 'binary-classification': rocAuc, 'multiclass-classification': accuracy, regression: rmse }[task]
}

/**
 * What models of the task are chosen by. With several classes that is the log loss: accuracy jumps by whole rows and
 * cannot tell close candidates apart.
 */
export function selectionMetric(task: Task): Metric {
  return { 'binary-classification': rocAuc, 'multiclass-classification': logLoss, regression: rmse }[task]
}
