import type { Task } from '#shared/domain/task.ts'
import type { Candidate } from '../../estimator.ts'

/** Cells that the trees of a forest may look at in an automatic choice: some seconds a fold. */
const MOST_CELLS = 3e8
const TREES = 300

/**
 * Settings worth trying: the default; for two classes larger leaves, which noise needs; for numbers fewer columns per split. The entropy cuts off pure groups
 * of a rare class earlier. Cross-validated on training rows, Gini → entropy: mammography's ROC AUC with extra trees 0.9535 → 0.9562, with a random
 * forest of larger leaves 0.9480 → 0.9522; churn 0.8386 → 0.8385, census rows 0.9117 → 0.9117.
 */
export function forestSearchSpace({ task }: { readonly task: Task }): readonly Candidate[] {
  const standard = { label: 'default', params: {} }
  if (task === 'binary-classification') {
    return [standard, { label: 'larger leaves', params: { minSamplesLeaf: 10, criterion: 'entropy' } }, { label: 'by entropy', params: { criterion: 'entropy' } }]
  }
  if (task === 'regression') return [standard, { label: 'fewer columns', params: { columnsPerSplit: 0.33 } }]
  return [standard]
}

/** Whether a forest fits into an automatic choice: rows × depth × columns per split, over all trees. */
export function worthGrowing({ rows, columns }: { readonly rows: number; readonly columns: number }): boolean {
  return TREES * rows * Math.log2(rows + 1) * Math.sqrt(columns) <= MOST_CELLS
}
