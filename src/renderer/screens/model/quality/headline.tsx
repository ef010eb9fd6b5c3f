import type { ReactElement } from 'react'
import type { EvaluationReport } from '#shared/domain/evaluation.ts'
import { leadingMetrics, metricName } from '#shared/domain/metric-names.ts'
import { formatScore } from '../../../components/format.ts'
import { Note } from '../../../components/note.tsx'
import { Figure } from '../../../components/pane.tsx'
import styles from './quality.module.css'

/** Figures in the first row; the table below has all. */
const FURTHER: Readonly<Record<EvaluationReport['goal']['task'], readonly string[]>> = {
  'binary-classification': ['recall', 'precision'],
  'multiclass-classification': ['balanced_accuracy'],
  regression: ['median_absolute_error'],
}

function Score({ report, id }: { readonly report: EvaluationReport; readonly id: string }): ReactElement | null {
  const value = report.metrics[id]
  if (value === undefined) return null
  const interval = report.intervals[id]
  const baseline = report.baseline.metrics[id]
  return (
    <Figure
      name={metricName(id).label}
      value={formatScore(value)}
      unit={interval === undefined ? undefined : `${formatScore(interval.low)}–${formatScore(interval.high)}`}
      detail={baseline === undefined ? undefined : `baseline ${formatScore(baseline)}`}
    />
  )
}

/** The result in figures with 95 % intervals and the baseline beside, then in plain words. */
export function Headline({ report }: { readonly report: EvaluationReport }): ReactElement {
  const ids = [...leadingMetrics[report.goal.task], ...FURTHER[report.goal.task]]
  const [first, ...others] = report.comparison
  return (
    <>
      <div className={styles['figures']}>
        {ids.map((id) => (
          <Score key={id} report={report} id={id} />
        ))}
      </div>
      <div className={styles['result']}>
        <p><b>{first}</b></p>
        {others.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        {report.warnings.map((warning) => (
          <Note key={warning} tone="warning">{warning}</Note>
        ))}
      </div>
    </>
  )
}
