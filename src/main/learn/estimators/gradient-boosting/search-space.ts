import type { Task } from '#shared/domain/task.ts'
import type { Candidate } from '../../estimator.ts'

/** Settings worth trying, the default first: more regularised for few rows, larger trees for many, and a quick one. */
export function boostingSearchSpace(shape: {
  readonly rows: number
  readonly columns: number
  readonly classes: number
  readonly task: Task
}): readonly Candidate[] {
  const quick = { label: 'quick', params: { learningRate: 0.1, maxIterations: 300, minSamplesLeaf: 20 } }
  const small = { label: 'small trees, sampled rows', params: { maxLeaves: 15, rowSampling: 0.8, columnSampling: 0.6 } }
  const fewLeaves = { label: 'few leaves', params: { maxLeaves: 4, ...(shape.classes > 2 ? {} : { maxIterations: 800 }) } }
  const large = { label: 'large trees', params: { maxLeaves: 63, minSamplesLeaf: 30, l2: 5 } }
  // With a tree per class and round, the default is as quick already.
  const paces = shape.classes > 2 ? [] : [quick]
  return [{ label: 'default', params: {} }, ...(shape.rows < 10_000 ? [small, fewLeaves] : [large, small]), ...paces]
}
