import type { Estimator } from '../estimator.ts'

/** Every estimator that `train/model` can use; adding one is one file and one line here. */
export const estimators: readonly Estimator[] = []
