import type { Rng } from '../../base/rng.ts'
import { MillraceError } from '#shared/errors.ts'
import type { RowGroups } from '../../data/row-groups.ts'
import { assignGroups, countGroups } from '../../learn/tuning/assign-groups.ts'
import { Side } from './sides.ts'
import type { SplitParams } from './split-params.ts'

/** Counts of classes by group that are kept in memory at most. */
const MOST_COUNTS = 20_000_000

/** Whole groups to each side, with about the proportions of the classes. */
export function splitByGroup(column: string, { codes, groups }: RowGroups, params: SplitParams, classes: Int32Array | undefined, rng: Rng): Uint8Array {
  const sides = params.folds ?? (params.validation === undefined ? 2 : 3)
  if (groups < sides) throw tooFewGroups(column, groups, sides)
  const kinds = classes === undefined ? 1 : 1 + classes.reduce((most, code) => Math.max(most, code), 0)
  const counted = groups * kinds <= MOST_COUNTS ? countGroups(codes, groups, classes, kinds) : countGroups(codes, groups)
  if (params.folds !== undefined) {
    const { folds, fold } = params
    const foldOf = assignGroups(counted, Array.from({ length: folds }, () => 1 / folds), rng)
    return Uint8Array.from(codes, (code) => (foldOf[code] === (fold - 1) % folds ? Side.test : Side.train))
  }
  const { test, validation = 0 } = params
  // The order of the sides is that of their codes.
  const sideOf = assignGroups(counted, validation === 0 ? [1 - test, test] : [1 - test - validation, test, validation], rng)
  return Uint8Array.from(codes, (code) => sideOf[code] as number)
}

function tooFewGroups(column: string, groups: number, sides: number): MillraceError {
  return new MillraceError({
    code: 'invalid-data',
    headline: groups === 1 ? `All rows are one group of "${column}"` : `There are too few groups of "${column}"`,
    message: `The column "${column}" has ${groups === 1 ? 'one value' : `${groups} values`}; to keep equal values together on ${sides} sides takes at least ${sides}.`,
    nextStep: groups === 1 ? 'Choose another column for group, or leave it out to hold out random rows.' : 'Make fewer folds, or choose another column for group.',
    details: { column },
  })
}
