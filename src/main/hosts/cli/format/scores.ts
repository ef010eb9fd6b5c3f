import type { Metrics } from '#shared/domain/run.ts'
import { formatScore } from './quantity.ts'
import { formatTable } from './table.ts'

/** Scores of a model beside those of the constant prediction, one metric per line. */
export function formatScores(metrics: Metrics, baseline: Metrics | undefined): string {
  return formatTable(
    [{ title: 'metric' }, { title: 'model', align: 'right' }, { title: 'baseline', align: 'right' }],
    Object.entries(metrics).map(([name, value]) => {
      const constant = baseline?.[name]
      return [name, formatScore(value), constant === undefined ? '' : formatScore(constant)]
    }),
  )
}

/** The score that tells most in a list, e.g. "roc_auc 0.842"; empty where there is none. */
export function headlineScore(metrics: Metrics | undefined): string {
  const name = ['roc_auc', 'accuracy', 'rmse'].find((candidate) => metrics?.[candidate] !== undefined)
  const value = name === undefined ? undefined : metrics?.[name]
  return name === undefined || value === undefined ? '' : `${name} ${formatScore(value)}`
}
