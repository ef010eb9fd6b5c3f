import { MillraceError } from '#shared/errors.ts'
import type { Estimator } from '../estimator.ts'
import { estimators } from '../estimators/index.ts'
import { didYouMean } from '../recipe/suggest.ts'

/** The estimator of that id; undefined where this version of Millrace has none. */
export function findEstimator(id: string): Estimator | undefined {
  return estimators.find((estimator) => estimator.id === id)
}

/** The estimator of that id; throws `invalid-parameter` with a suggestion where there is none. */
export function requireEstimator(id: string): Estimator {
  const found = findEstimator(id)
  if (found !== undefined) return found
  const ids = estimators.map((estimator) => estimator.id)
  throw new MillraceError({
    code: 'invalid-parameter',
    headline: `There is no estimator "${id}"`,
    message: `\`estimator\` of train/model names "${id}".${didYouMean(id, ids)}`,
    nextStep: `Use one of: ${ids.join(', ')}; or leave it out to let Millrace choose.`,
    details: { value: id },
  })
}
