import { z } from 'zod'
import { columnRoleSchema, columnTypeSchema } from './schema.ts'

const count = z.int().nonnegative()
/** Null where it is not defined, e.g. the deviation of one value. */
const figure = z.number().nullable()
const fraction = z.number().min(0).max(1)

/** `counts[i]` values lie from `edges[i]` (included) to `edges[i + 1]` (excluded; included in the last bin). */
export const profileHistogramSchema = z.object({
  edges: z.array(z.number()),
  counts: z.array(count),
  /** Values before the first edge and behind the last: far-off ones would squeeze all others into one bin. */
  below: count,
  above: count,
})

/** Counts of values between edges. */
export type ProfileHistogram = z.infer<typeof profileHistogramSchema>

/** An end of a sorted column: values with their counts, the most extreme first. */
const endSchema = z.array(z.object({ value: z.number(), count }))

/** What the numbers of a column are like; missing and infinite cells take no part. */
export const numberProfileSchema = z.object({
  values: count,
  mean: figure,
  /** Of the sample (divisor n − 1). */
  deviation: figure,
  /** Adjusted Fisher–Pearson coefficient G1. */
  skew: figure,
  /** Excess kurtosis G2; 0 for a normal distribution. */
  kurtosis: figure,
  /** Exact, by linear interpolation between order statistics: 0, 1, 5, 25, 50, 75, 95, 99, 100 %. */
  quantiles: z.array(z.object({ q: fraction, value: z.number() })),
  zeros: count,
  negatives: count,
  infinite: count,
  /** All values are whole numbers. */
  whole: z.boolean(),
  histogram: profileHistogramSchema,
  /** The three least and the three greatest values. */
  lowest: endSchema,
  highest: endSchema,
})

/** What the numbers of a column are like. */
export type NumberProfile = z.infer<typeof numberProfileSchema>

/** A value of a column with how many rows have it. */
export const valueCountSchema = z.object({ value: z.string(), count })

/** A value of a column with how many rows have it. */
export type ValueCount = z.infer<typeof valueCountSchema>

/** Lengths in characters and words between spaces of a column's texts. */
export const textProfileSchema = z.object({
  shortest: count,
  longest: count,
  meanLength: z.number(),
  /** Median number of characters. */
  medianLength: z.number(),
  meanWords: z.number(),
  mostWords: count,
  lengths: profileHistogramSchema,
})

/** Lengths of a column's texts. */
export type TextProfile = z.infer<typeof textProfileSchema>

/** When the moments of a column are; all in UTC. */
export const dateProfileSchema = z.object({
  /** Milliseconds since 1970-01-01 UTC. */
  first: z.number(),
  last: z.number(),
  /** Days with at least one row. */
  days: count,
  /** Days between the first and the last without a row. */
  emptyDays: count,
  /** The longest run of days without a row: its first and last day as milliseconds. */
  longestGap: z.object({ from: z.number(), to: z.number(), days: count }).nullable(),
  /** Rows by weekday, Monday first. */
  weekdays: z.array(count),
  /** Rows by month, January first. */
  months: z.array(count),
  /** Days that stand for "not known" in many systems, where they stand apart from all other days. */
  placeholders: z.array(z.object({ day: z.string(), count })),
  /** Rows after the day on which the profile was made. */
  future: count,
})

/** When the moments of a column are. */
export type DateProfile = z.infer<typeof dateProfileSchema>

/** What a column says about the target by itself. */
export const targetLinkSchema = z.object({
  /** `auc` (two classes), `lambda` (several: share of the baseline's errors that it avoids), `r2` (numbers); on rows that took no part in learning it. */
  measure: z.enum(['auc', 'lambda', 'r2']),
  value: z.number(),
  /** Association over the rows compared: Cramér's V, correlation ratio η or |Spearman's ρ|. */
  association: figure,
})

/** One column of a profile. */
export const columnProfileSchema = z.object({
  name: z.string(),
  type: columnTypeSchema,
  role: columnRoleSchema,
  /** Why this type and role. */
  reason: z.string(),
  missing: count,
  distinct: count,
  /** False where `distinct` is the approximate count of the dataset's record. */
  distinctExact: z.boolean(),
  numbers: numberProfileSchema.nullable(),
  texts: textProfileSchema.nullable(),
  dates: dateProfileSchema.nullable(),
  /** Most frequent values first, at most 20; empty where nearly every value differs. */
  top: z.array(valueCountSchema),
  /** Values that differ from another one only in upper and lower case or in spaces. */
  variants: count,
  /** Of a column of texts, values that are numbers. */
  numberLike: count,
  target: targetLinkSchema.nullable(),
})

/** One column of a profile. */
export type ColumnProfile = z.infer<typeof columnProfileSchema>

/** How much a finding matters: `danger` misleads a model, `warning` wants a look, `info` is good to know. */
export const severitySchema = z.enum(['danger', 'warning', 'info'])

/** Something about a dataset that its owner should know, with what to do about it. */
export const profileFindingSchema = z.object({
  /** Stable name of the kind of finding, e.g. `target-leak`. */
  kind: z.string(),
  severity: severitySchema,
  columns: z.array(z.string()),
  /** One plain sentence with its figures. */
  message: z.string(),
  /** What to do about it, or that nothing need be done. */
  advice: z.string(),
  /** Figures behind the sentence. */
  figures: z.record(z.string(), z.union([z.number(), z.string()])),
})

/** Something about a dataset that its owner should know. */
export type ProfileFinding = z.infer<typeof profileFindingSchema>

/** How much two columns go together. */
export const associationSchema = z.object({
  /** Columns that were compared. */
  columns: z.array(z.string()),
  /** Columns that were left out, and why. */
  leftOut: z.array(z.object({ columns: count, reason: z.string() })),
  /** Rows that were compared; fewer than all in long tables, spread evenly. */
  rows: count,
  /** Row after row in the order of `columns`; null where a column says nothing. */
  pearson: z.array(z.array(figure)),
  /** Spearman's ρ, bias-corrected Cramér's V or correlation ratio η by the kinds of the two columns; with sign for two numbers. */
  association: z.array(z.array(figure)),
})

/** How much columns go together, two by two. */
export type Associations = z.infer<typeof associationSchema>

/** Which columns lack values together. */
export const missingPatternsSchema = z.object({
  /** Columns with missing values that were looked at, those with most first. */
  columns: z.array(z.string()),
  leftOut: count,
  /** Rows without any missing cell among `columns`. */
  complete: count,
  /** The most frequent sets of columns that lack a value in the same row; indices into `columns`. */
  patterns: z.array(z.object({ missing: z.array(count), rows: count })),
  /** Rows in which both columns lack a value. */
  together: z.array(z.array(count)),
})

/** Which columns lack values together. */
export type MissingPatterns = z.infer<typeof missingPatternsSchema>

/** How a dataset and the one that it was compared with overlap. */
export const overlapSchema = z.object({
  rows: count,
  /** Columns that both have and that were compared. */
  columns: count,
  onlyHere: z.array(z.string()),
  onlyThere: z.array(z.string()),
  /** Rows of the other dataset that this one holds too, in every common column. */
  shared: count,
  groups: z.object({ column: z.string(), shared: count, there: count }).nullable(),
  time: z.object({ column: z.string(), lastHere: z.number(), firstThere: z.number(), rowsBefore: count }).nullable(),
})

/** How two datasets overlap. */
export type Overlap = z.infer<typeof overlapSchema>

/** `profile.json`: what a dataset version is like. */
export const datasetProfileSchema = z.object({
  formatVersion: z.literal(1),
  level: z.enum(['quick', 'full']),
  rows: count,
  bytes: count,
  /** Where only some rows were looked at: how many of how many. */
  sample: z.object({ rows: count, of: count }).nullable(),
  /** The day against which dates are "in the future", e.g. 2026-01-31. */
  asOf: z.string(),
  target: z.string().nullable(),
  columns: z.array(columnProfileSchema),
  missing: missingPatternsSchema.nullable(),
  associations: associationSchema.nullable(),
  /** Rows that repeat an earlier row in every column. */
  repeatedRows: count.nullable(),
  overlap: overlapSchema.nullable(),
  /** The most important first. */
  findings: z.array(profileFindingSchema),
})

/** What a dataset version is like. */
export type DatasetProfile = z.infer<typeof datasetProfileSchema>
