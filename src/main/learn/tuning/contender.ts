import type { Task } from '#shared/domain/task.ts'
import type { DataShape, Estimator } from '../estimator.ts'

/** An estimator with settings that takes part in a choice. */
export type Contender = {
  /** Unique among the contenders, e.g. `gradient-boosting, slow`. */
  readonly label: string
  readonly estimator: Estimator
  /** Parsed by the estimator's own schema. */
  readonly params: unknown
}

/** Shape of the data that a search space is asked for. */
export type Shape = DataShape & { readonly classes: number; readonly task: Task }

/** The settings that an estimator would try on data of this shape, its default first. */
export function contendersOf(estimator: Estimator, shape: Shape): readonly Contender[] {
  return estimator.searchSpace(shape).map(({ label, params }, index) => ({
    label: index === 0 ? estimator.id : label.includes(estimator.id) ? label : `${estimator.id}, ${label}`,
    estimator,
    params: estimator.params.parse(params),
  }))
}
