import type { Transform } from '../transform.ts'
import { clip } from './clip.ts'
import { cyclic } from './cyclic.ts'
import { dateParts } from './date-parts.ts'
import { drop } from './drop.ts'
import { frequency } from './frequency.ts'
import { impute } from './impute.ts'
import { log } from './log.ts'
import { missingIndicator } from './missing-indicator.ts'
import { oneHot } from './one-hot.ts'
import { ordinal } from './ordinal.ts'
import { quantile } from './quantile.ts'
import { scale } from './scale.ts'
import { targetEncode } from './target-encode.ts'
import { textComponents } from './text-components.ts'
import { textStatistics } from './text-statistics.ts'
import { tfIdf } from './tf-idf.ts'
import { yeoJohnson } from './yeo-johnson.ts'

/** Every column transform that recipes can use; adding one is one file and one line here. */
export const transforms: readonly Transform[] = [
  clip, cyclic, dateParts, drop, frequency, impute, log, missingIndicator, oneHot, ordinal, quantile, scale, targetEncode, textComponents,
  textStatistics, tfIdf, yeoJohnson,
]

/** The transform of that id. */
export function findTransform(id: string): Transform | undefined {
  return transforms.find((transform) => transform.id === id)
}
