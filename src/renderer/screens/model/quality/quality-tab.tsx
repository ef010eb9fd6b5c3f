import type { ReactElement } from 'react'
import type { EvaluationReport } from '#shared/domain/evaluation.ts'
import { formatScore } from '../../../components/format.ts'
import { AllMetrics } from './all-metrics.tsx'
import { CalibrationPlot } from './calibration-plot.tsx'
import { ConfusionBox } from './confusion-box.tsx'
import { GainPlot } from './gain-plot.tsx'
import { Headline } from './headline.tsx'
import { PrecisionPlot } from './precision-plot.tsx'
import { RegressionPlots } from './regression-plots.tsx'
import { RocPlot } from './roc-plot.tsx'
import type { ThresholdPoint } from './threshold-points.ts'
import styles from './quality.module.css'

/** A metric beside the title of the plot that it sums up; the title says the rest of its name. */
function noteOf(report: EvaluationReport, id: string, name: string): string {
  const value = report.metrics[id]
  const interval = report.intervals[id]
  return value === undefined ? '' : `${name} ${formatScore(value)}${interval === undefined ? '' : ` (${formatScore(interval.low)}–${formatScore(interval.high)})`}`
}

/** How well the model does on rows that it has never seen. */
export function QualityTab({ report, chosen }: { readonly report: EvaluationReport; readonly chosen: ThresholdPoint | undefined }): ReactElement {
  const { detail, goal } = report
  const binary = goal.task === 'binary-classification'
  const share = chosen === undefined ? undefined : (chosen.truePositives + chosen.falseNegatives) / Math.max(1, report.rows)
  return (
    <div className={styles['quality']}>
      <Headline report={report} />
      <div className={styles['plots']}>
        {detail.kind === 'regression' ? (
          <RegressionPlots detail={detail} target={goal.target} />
        ) : (
          <>
            {detail.curves.length > 5 ? <p className={styles['few']}>The curves are those of the first five of {detail.curves.length} classes, each against the rest.</p> : undefined}
            <RocPlot curves={detail.curves} note={binary ? noteOf(report, 'roc_auc', 'AUC') : ''} chosen={chosen} />
            <PrecisionPlot curves={detail.curves} note={binary ? noteOf(report, 'average_precision', 'AP') : ''} share={share} chosen={chosen} />
            <CalibrationPlot curves={detail.curves} note={binary ? noteOf(report, 'brier_score', 'Brier') : ''} />
            <GainPlot curves={detail.curves} />
            {binary ? undefined : <ConfusionBox detail={detail} />}
          </>
        )}
        <AllMetrics report={report} />
      </div>
    </div>
  )
}
