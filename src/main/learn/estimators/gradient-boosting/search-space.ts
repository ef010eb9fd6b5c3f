import type { Task } from '#shared/domain/task.ts'
import type { Candidate } from '../../estimator.ts'

/**
 * Settings worth trying, the default first: more regularised for few rows, larger trees for many, and a quick one. Trees of half the rows and columns,
 * cross-validated on training rows against the default: churn's ROC AUC 0.8451 → 0.8486, a veterinary set's 0.859 → 0.879, mammography's 0.9511 → 0.9522;
 * census rows are worse, 0.9225 → 0.9182.
 */
export function boostingSearchSpace(shape: {
  readonly rows: number
  readonly columns: number
  readonly classes: number
  readonly task: Task
}): readonly Candidate[] {
  const standard = { label: 'default', params: {} }
  const quick = { label: 'quick', params: { learningRate: 0.1, maxIterations: 300, minSamplesLeaf: 20 } }
  const small = { label: 'small trees, sampled rows', params: { maxLeaves: 15, rowSampling: 0.8, columnSampling: 0.6 } }
  const fewLeaves = { label: 'few leaves', params: { maxLeaves: 4, ...(shape.classes > 2 ? {} : { maxIterations: 800 }) } }
  const half = { label: 'half the rows and columns', params: { maxLeaves: 8, rowSampling: 0.5, columnSampling: 0.5, l2: 10 } }
  const large = { label: 'large trees', params: { maxLeaves: 63, minSamplesLeaf: 30, l2: 5 } }
  if (shape.rows < 10_000) return [standard, small, fewLeaves, ...(shape.classes > 2 ? [] : [half])]
  // With a tree per class and round, the default is as quick already.
  return [standard, large, small, ...(shape.classes > 2 ? [] : [quick])]
}
