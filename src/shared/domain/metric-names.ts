import type { Task } from './task.ts'

/** How a metric is called, in full and where there is little room, and which way it is good. */
export type MetricName = { readonly label: string; readonly short: string; readonly greaterIsBetter: boolean }

const better = (label: string, short = label): MetricName => ({ label, short, greaterIsBetter: true })
const worse = (label: string, short = label): MetricName => ({ label, short, greaterIsBetter: false })

/** Every metric by its id, for those who show scores but do not compute them. */
export const metricNames: Readonly<Record<string, MetricName>> = {
  roc_auc: better('ROC AUC'),
  accuracy: better('Accuracy'),
  log_loss: worse('Log loss'),
  balanced_accuracy: better('Balanced accuracy', 'Balanced acc.'),
  macro_f1: better('Macro F1'),
  weighted_f1: better('Weighted F1'),
  average_precision: better('Average precision', 'PR AUC'),
  precision: better('Precision'),
  recall: better('Recall'),
  specificity: better('Specificity'),
  f1: better('F1'),
  matthews_corrcoef: better('Matthews correlation', 'Matthews'),
  cohen_kappa: better('Cohen’s kappa'),
  brier_score: worse('Brier score'),
  rmse: worse('RMSE'),
  mae: worse('Mean absolute error', 'MAE'),
  r2: better('R²'),
  median_absolute_error: worse('Median absolute error', 'Median error'),
  max_error: worse('Largest error'),
  mape: worse('Mean absolute percentage error', 'MAPE'),
  explained_variance: better('Explained variance', 'Expl. variance'),
  mean_poisson_deviance: worse('Mean Poisson deviance', 'Poisson dev.'),
}

/** The name of a metric; one that this version does not know is called by its id, and more of it is taken to be better. */
export function metricName(id: string): MetricName {
  return Object.hasOwn(metricNames, id) ? (metricNames[id] as MetricName) : better(id)
}

/** What reports of a task lead with, then what stands beside it in a table. */
export const leadingMetrics: Readonly<Record<Task, readonly [primary: string, ...others: string[]]>> = {
  'binary-classification': ['roc_auc', 'average_precision', 'log_loss'],
  'multiclass-classification': ['accuracy', 'macro_f1', 'log_loss'],
  regression: ['rmse', 'mae', 'r2'],
}
