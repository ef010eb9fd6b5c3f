import type { ArtifactMeta } from '#shared/domain/artifact.ts'
import { createRng } from '../../../src/main/base/rng.ts'
import { sha256 } from '../../../src/main/base/hash.ts'
import type { Project } from '../../../src/main/store/project.ts'

const ESTIMATORS = ['gradient-boosting', 'linear', 'random-forest', 'extra-trees + linear']
const METRICS = ['roc_auc', 'accuracy', 'log_loss', 'balanced_accuracy', 'average_precision', 'precision', 'recall', 'specificity', 'f1', 'matthews_corrcoef', 'cohen_kappa', 'brier_score']

/**
 * Records as many runs of a churn pipeline as asked, with a model and an evaluation each, as the engine records them; every tenth failed, every
 * seventh reuses the model of the run before. Only the database is written: no artifact has files.
 */
export function recordManyRuns(project: Project, runs: number): void {
  const rng = createRng(runs)
  const artifact = (kind: 'model' | 'report', name: string, meta: ArtifactMeta): string => {
    const hash = sha256(name)
    project.artifacts.add({ kind, hash, path: '', bytes: 10_000 + rng.below(90_000), files: [{ name: 'model.json', bytes: 1, sha256: hash }], meta }, 0)
    return hash
  }
  const step = (run: number, id: string, position: number, uses: string, status: 'succeeded' | 'failed' | 'skipped', hit = false): void => {
    project.stepRuns.add(run, id, position, uses)
    const params = id === 'train' ? { estimator: ESTIMATORS[run % ESTIMATORS.length], folds: 5, params: { maxLeaves: run % 31, learningRate: 0.05 } } : { test: 0.25 }
    const keyParts = { kind: `${uses}@1`, params, inputs: { data: sha256(id) }, files: {}, goal: { task: 'binary-classification', target: 'churned', positive: 'Yes' }, seed: 42, step: id }
    project.stepRuns.start(run, id, { params, keyParts, cacheKey: sha256(`${String(run)} ${id}`), cache: { hit: false, reason: 'Its parameters changed.', changed: [], producedBy: undefined }, at: run * 60_000 })
    if (hit) project.stepRuns.hit(run, id, { hit: true, reason: 'Nothing changed.', changed: [], producedBy: `r${String(run - 1).padStart(4, '0')}` })
    project.stepRuns.end(run, id, { status, seconds: status === 'succeeded' ? 1 + rng.uniform() : 0, attempts: 1, error: undefined })
  }
  project.transaction(() => {
    let last = { hash: '', version: 0 }
    for (let at = 1; at <= runs; at++) {
      const run = project.runs.start({ pipeline: 'churn', pipelineFile: '/p/churn.yaml', seed: 42, at: at * 60_000 })
      const failed = at % 10 === 0
      for (const [position, id] of ['ingest', 'clean', 'split', 'features'].entries()) step(run, id, position, id === 'ingest' ? 'ingest/file' : id === 'features' ? 'features/recipe' : `prepare/${id}`, 'succeeded')
      const reuses = !failed && at % 7 === 0 && last.hash !== ''
      step(run, 'train', 4, 'train/model', failed ? 'failed' : 'succeeded', reuses)
      step(run, 'evaluate', 5, 'evaluate/report', failed ? 'skipped' : 'succeeded')
      if (failed) {
        const error = { code: 'out-of-memory', headline: 'The data is too large to train on with the memory at hand', message: 'x', nextStep: 'y', retryable: false, details: {} } as const
        project.runs.finish(run, { status: 'failed', at: at * 60_000 + 5000, outcome: {}, error })
        continue
      }
      const score = 0.7 + 0.2 * rng.uniform()
      if (!reuses) {
        const estimator = ESTIMATORS[at % ESTIMATORS.length] ?? ''
        const meta = { task: 'binary-classification', target: 'churned', estimator, summary: `${String(at % 300)} trees with at most 31 leaves`, validation: { metric: 'roc_auc', mean: score, deviation: 0.02 * rng.uniform() } } as const
        last = { hash: artifact('model', `model ${String(at)}`, meta), version: last.version + 1 }
      }
      const metrics = Object.fromEntries(METRICS.map((metric) => [metric, metric === 'roc_auc' ? score : rng.uniform()]))
      const baseline = Object.fromEntries(METRICS.map((metric) => [metric, 0.5]))
      const report = artifact('report', `report ${String(at)}`, { task: 'binary-classification', rows: 1500, metrics, baseline, interval: { metric: 'roc_auc', low: score - 0.02, high: score + 0.02 } })
      project.stepRuns.addOutput(run, 'train', { name: 'model', kind: 'model', hash: last.hash })
      project.stepRuns.addOutput(run, 'evaluate', { name: 'report', kind: 'report', hash: report })
      if (!reuses) project.models.register({ name: 'churn', hash: last.hash, run, at: at * 60_000 })
      const model = { name: 'churn', version: last.version, hash: last.hash }
      project.runs.finish(run, { status: 'succeeded', at: at * 60_000 + 50_000, outcome: { metrics, baseline, model }, error: undefined })
    }
  })
}
