import type { LeaderboardEntry } from '#shared/domain/leaderboard.ts'

/** A finished run of a churn pipeline; `more` changes it. */
export function madeEntry(run: string, more: Partial<LeaderboardEntry> = {}): LeaderboardEntry {
  return {
    run,
    pipeline: 'churn',
    status: 'succeeded',
    startedAt: 1_700_000_000_000,
    seconds: 40,
    metrics: { roc_auc: 0.84, average_precision: 0.67, log_loss: 0.4 },
    model: { name: 'churn', version: Number(run.slice(1)), hash: run.repeat(8) },
    deployment: undefined,
    estimator: 'gradient-boosting',
    summary: '143 trees with at most 31 leaves',
    target: 'churned',
    task: 'binary-classification',
    validation: { metric: 'roc_auc', mean: 0.83, deviation: 0.02 },
    interval: { metric: 'roc_auc', low: 0.82, high: 0.86 },
    baseline: { roc_auc: 0.5, average_precision: 0.25, log_loss: 0.56 },
    fitSeconds: 30,
    modelBytes: 117_000,
    deployments: [],
    problem: null,
    ...more,
  }
}
