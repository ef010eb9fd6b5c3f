import type { Task } from '#shared/domain/task.ts'
import type { Candidate } from '../../estimator.ts'

/** Settings worth trying, the default first: slower and steadier, more regularised for few rows, larger for many. */
export function boostingSearchSpace(shape: {
  readonly rows: number
  readonly columns: number
  readonly classes: number
  readonly task: Task
}): readonly Candidate[] {
  const few = shape.rows < 10_000
  return [
    { label: 'default', params: {} },
    { label: 'slow, small trees', params: { learningRate: 0.05, maxIterations: few ? 200 : 600, maxLeaves: 15, l2: 1 } },
    ...(few
      ? [
          { label: 'stumps and pairs', params: { learningRate: 0.1, maxIterations: 150, maxLeaves: 4, minSamplesLeaf: 10, l2: 1 } },
          { label: 'sampled', params: { learningRate: 0.05, maxIterations: 200, maxLeaves: 8, minSamplesLeaf: 5, l2: 3, rowSampling: 0.7, columnSampling: 0.6 } },
        ]
      : [{ label: 'large trees', params: { learningRate: 0.05, maxIterations: 600, maxLeaves: 63, minSamplesLeaf: 40, l2: 5, columnSampling: 0.7 } }]),
  ]
}
