import { z } from 'zod'

const count = z.int().nonnegative()

/** Numbers between edges, and how many of them are of rows in the marked class; `marked` is absent where no class is marked. */
export const numberDistributionSchema = z.object({
  kind: z.literal('numbers'),
  /** One more than `counts`; `counts[i]` values lie from `edges[i]` to `edges[i + 1]`. */
  edges: z.array(z.number()),
  counts: z.array(count),
  marked: z.array(count).optional(),
  missing: count,
  /** Of the finite values; null where there is none. */
  mean: z.number().nullable(),
  deviation: z.number().nullable(),
  /** Fisher–Pearson coefficient; null where it is not defined. */
  skew: z.number().nullable(),
})

/** The most frequent values of a column, the most frequent first. */
export const levelDistributionSchema = z.object({
  kind: z.literal('levels'),
  levels: z.array(z.object({ value: z.string(), count, marked: count.optional() })),
  /** Rows with any other value. */
  other: count,
  missing: count,
})

/** How the values of a column are distributed. */
export const distributionSchema = z.discriminatedUnion('kind', [numberDistributionSchema, levelDistributionSchema])

/** How the values of a column are distributed. */
export type Distribution = z.infer<typeof distributionSchema>
