import { z } from 'zod'

/** A length of time: a number and a unit. */
export const DURATION = /^(\d+(?:\.\d+)?)\s*(s|min|h|d|w)$/

const MILLISECONDS: Readonly<Record<string, number>> = { s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }

/** Parameters of prepare/split. */
export const splitParams = z
  .strictObject({
    test: z.number().gt(0).lt(1).default(0.25).describe('Share of the rows to hold out for testing'),
    validation: z.number().gt(0).lt(1).optional().describe('Share of the rows to hold out as a third dataset, "validation"'),
    stratify: z.boolean().default(true).describe('Keep the proportions of the classes on both sides (classification only)'),
    group: z.string().optional().describe('Column whose equal values stay on one side, e.g. the patient of a measurement'),
    time: z.string().optional().describe('Column of dates or numbers: the latest rows are for testing'),
    gap: z.union([z.number().nonnegative(), z.string().regex(DURATION, 'a length of time such as 12h, 7d or 2w')]).optional().describe('With time: rows this shortly before the held-out ones are left out, e.g. 7d'),
    column: z.string().optional().describe('Column that says train, test or validation in every row'),
    folds: z.int().min(2).max(100).optional().describe('K-fold: parts of which one is for testing, instead of a share'),
    repeats: z.int().min(1).max(100).default(1).describe('K-fold: times that the rows are dealt out anew'),
    fold: z.int().min(1).default(1).describe('K-fold: the part for testing, from 1; parts of the second repeat come after those of the first'),
    seed: z.int().nonnegative().optional().describe("Seed of the choice; the pipeline's if not said"),
  })
  .superRefine(({ test, validation = 0, group, time, column, gap, folds, repeats, fold }, ctx) => {
    const say = (path: string, message: string): void => {
      ctx.addIssue({ code: 'custom', path: [path], message })
    }
    const ways = Object.entries({ group, time, column }).flatMap(([name, value]) => (value === undefined ? [] : [name]))
    if (ways.length > 1) say(ways[1] ?? '', `rows are split by one column: ${ways.join(' or ')}`)
    if (test + validation >= 1) say('validation', 'test and validation leave nothing for training')
    if (gap !== undefined && time === undefined) say('gap', 'a gap needs time: the column that orders the rows')
    if (folds === undefined && (repeats > 1 || fold > 1)) say('fold', 'say into how many folds: folds')
    if (folds !== undefined && fold > folds * repeats) say('fold', `there are ${folds * repeats} folds in all`)
    if (folds !== undefined && column !== undefined) say('folds', 'a column that says the sides leaves no folds to make')
    if (folds !== undefined && validation > 0) say('validation', 'with folds, each fold in turn is for testing; take validation out')
    if (time !== undefined && repeats > 1) say('repeats', 'rows are in one order in time: folds cannot be dealt out anew')
  })

/** Parameters of prepare/split after defaults. */
export type SplitParams = z.infer<typeof splitParams>

/** A gap as milliseconds; a number stays as it is. */
export function gapLength(gap: SplitParams['gap']): number {
  if (gap === undefined || typeof gap === 'number') return gap ?? 0
  const [, amount, unit] = DURATION.exec(gap) ?? []
  return Number(amount) * (MILLISECONDS[unit ?? ''] ?? 0)
}
