import type { DataShape, Estimator } from '../../learn/estimator.ts'
import { estimators } from '../../learn/estimators/index.ts'
import type { ComputeNeeds } from '../step-kind.ts'
import type { TrainParams } from './params.ts'

/** Data of several sizes: what is worth trying on none of them takes part in no automatic choice. */
const SHAPES: readonly DataShape[] = [{ rows: 500, columns: 10 }, { rows: 10_000, columns: 20 }, { rows: 200_000, columns: 50 }, { rows: 5_000_000, columns: 100 }]

function mayBeChosen({ worthTrying }: Estimator): boolean {
  return worthTrying === undefined || SHAPES.some((shape) => worthTrying(shape))
}

/** What the estimators that a step may train ask of a backend; undefined where none of them is a neural network. */
export function computeNeeds({ estimator: id, params }: TrainParams): ComputeNeeds | undefined {
  const able = id === undefined ? estimators.filter(mayBeChosen) : estimators.filter((estimator) => estimator.id === id)
  const needs = able.flatMap((estimator) => {
    const parsed = estimator.params.safeParse(params ?? {})
    return parsed.success && estimator.computes !== undefined ? [estimator.computes(parsed.data)] : []
  })
  if (needs.length === 0) return undefined
  return { networks: [...new Set(needs.flatMap(({ networks }) => networks))], wish: needs.find(({ wish }) => wish !== 'auto')?.wish ?? 'auto' }
}
