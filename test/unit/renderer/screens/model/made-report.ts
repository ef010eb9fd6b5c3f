import { evaluationReportSchema, type EvaluationReport } from '#shared/domain/evaluation.ts'

/** The evaluation of a small binary model on ten rows. */
export function madeReport(more: Partial<EvaluationReport> = {}): EvaluationReport {
  const point = (threshold: number | null, truePositives: number, falsePositives: number) => ({ threshold, truePositiveRate: truePositives / 3, falsePositiveRate: falsePositives / 7 })
  return evaluationReportSchema.parse({
    formatVersion: 1,
    goal: { task: 'binary-classification', target: 'churned', positive: 'Yes' },
    model: { estimator: 'linear', summary: 'a line', trainingRows: 30 },
    rows: 10,
    metrics: { roc_auc: 0.84, average_precision: 0.67, log_loss: 0.4, recall: 0.66, precision: 0.67 },
    intervals: { roc_auc: { low: 0.8, high: 0.88, resamples: 300 } },
    primary: { metric: 'roc_auc', label: 'ROC AUC', greaterIsBetter: true, value: 0.84, interval: { low: 0.8, high: 0.88, resamples: 300 } },
    baseline: { description: 'always guessing the most common class', metrics: { roc_auc: 0.5, log_loss: 0.6 } },
    comparison: ['ROC AUC 0.840 against 0.500.', 'It finds two of three.'],
    warnings: ['Only ten rows were tested.'],
    slices: [
      { column: 'plan', value: 'basic', rows: 40, target: 0.4, score: 0.6, interval: { low: 0.5, high: 0.7 }, worse: true },
      { column: 'plan', value: '<img src=x>', rows: 60, target: 0.2, score: 0.9, interval: { low: 0.85, high: 0.95 }, worse: false },
    ],
    importance: { metric: 'roc_auc', label: 'ROC AUC', rows: 10, repeats: 5, columns: [{ column: 'tenure', drop: 0.2, deviation: 0.01 }, { column: 'plan', drop: 0.01, deviation: 0.01 }] },
    detail: {
      kind: 'classification',
      classes: [{ name: 'No', trainingRows: 20, testRows: 7 }, { name: 'Yes', trainingRows: 10, testRows: 3 }],
      confusion: [[6, 1], [1, 2]],
      curves: [
        {
          class: 'Yes',
          roc: [point(null, 0, 0), point(0.9, 1, 0), point(0.8, 2, 0), point(0.7, 2, 1), point(0.3, 3, 1), point(0.2, 3, 4), point(0.1, 3, 7)],
          precisionRecall: [{ threshold: null, recall: 0, precision: 1 }, { threshold: 0.1, recall: 1, precision: 0.3 }],
          calibration: [{ predicted: 0.1, observed: 0, rows: 5 }, { predicted: 0.7, observed: 0.6, rows: 5 }],
          gain: [{ share: 0, captured: 0 }, { share: 0.2, captured: 0.66 }, { share: 1, captured: 1 }],
        },
      ],
      thresholds: [{ threshold: 0.5, truePositives: 2, falsePositives: 1, falseNegatives: 1, trueNegatives: 6, precision: 0.67, recall: 0.67, specificity: 0.86, f1: 0.67, marks: [] }],
    },
    ...more,
  })
}
