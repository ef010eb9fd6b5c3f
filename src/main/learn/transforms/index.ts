import type { Transform } from '../transform.ts'
import { clip } from './clip.ts'
import { dateParts } from './date-parts.ts'
import { drop } from './drop.ts'
import { impute } from './impute.ts'
import { missingIndicator } from './missing-indicator.ts'
import { oneHot } from './one-hot.ts'
import { ordinal } from './ordinal.ts'
import { scale } from './scale.ts'
import { textComponents } from './text-components.ts'
import { textStatistics } from './text-statistics.ts'
import { tfIdf } from './tf-idf.ts'

/** Every column transform that recipes can use; adding one is one file and one line here. */
export const transforms: readonly Transform[] = [clip, dateParts, drop, impute, missingIndicator, oneHot, ordinal, scale, textComponents, textStatistics, tfIdf]

/** The transform of that id. */
export function findTransform(id: string): Transform | undefined {
  return transforms.find((transform) => transform.id === id)
}
