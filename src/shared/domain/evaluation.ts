import { z } from 'zod'
import { goalSchema } from './task.ts'

const count = z.int().nonnegative()
const fraction = z.number().min(0).max(1)
/** A probability from which a row counts as the class; null: above every row. */
const threshold = z.number().nullable()

/** One class against the rest, as the test rows saw it. Curves hold at most 200 points; their ends are exact. */
export const classCurvesSchema = z.object({
  class: z.string(),
  /** From (0, 0) to (1, 1). */
  roc: z.array(z.object({ threshold, falsePositiveRate: fraction, truePositiveRate: fraction })),
  /** From recall 0 (precision 1 by convention) to recall 1. */
  precisionRecall: z.array(z.object({ threshold, recall: fraction, precision: fraction })),
  /** About ten groups of equal size by probability: what was said, and the part of rows that was so. */
  calibration: z.array(z.object({ predicted: fraction, observed: fraction, rows: count })),
  /** Part of the rows taken, the most probable first, and the part of the class that is among them; rows of one probability count evenly. */
  gain: z.array(z.object({ share: fraction, captured: fraction })).default([]),
})

/** One class against the rest. */
export type ClassCurves = z.infer<typeof classCurvesSchema>

/** What calling every row from a probability upwards positive gives; binary classification. */
export const thresholdRowSchema = z.object({
  threshold: fraction,
  truePositives: count,
  falsePositives: count,
  falseNegatives: count,
  trueNegatives: count,
  /** Null where no row is called positive. */
  precision: fraction.nullable(),
  recall: fraction,
  specificity: fraction,
  f1: fraction,
  /** What all mistakes cost, where costs were given. */
  cost: z.number().optional(),
  /** Why this threshold stands out, e.g. "best F1"; empty for the others. */
  marks: z.array(z.string()),
})

/** What calling every row from a probability upwards positive gives. */
export type ThresholdRow = z.infer<typeof thresholdRowSchema>

/** The test rows with one value (or range of values) of a column, by themselves. */
export const sliceSchema = z.object({
  column: z.string(),
  /** The value, or the range in words; "missing" for rows without one. */
  value: z.string(),
  rows: count,
  /** Classification: part of these rows in the positive class (binary) or in the most frequent one; regression: mean of the target. */
  target: z.number(),
  /** The report's primary metric on these rows; absent where they do not define it, e.g. all of one class. */
  score: z.number().optional(),
  interval: z.object({ low: z.number(), high: z.number() }).optional(),
  /** True where even the favourable end of the interval is worse than all rows together. */
  worse: z.boolean(),
})

/** Test rows with one value of a column. */
export type Slice = z.infer<typeof sliceSchema>

/** What a classification's test rows show. */
export const classificationDetailSchema = z.object({
  kind: z.literal('classification'),
  /** Classes that the model knows, then those that only the test rows have; `trainingRows` 0 for those. */
  classes: z.array(z.object({ name: z.string(), trainingRows: count, testRows: count })),
  /** Rows by true class (outer) and predicted class (inner), in the order of `classes`. */
  confusion: z.array(z.array(count)),
  /** Binary: the positive class. Several classes: the 20 most frequent ones. Only classes that some test rows are and some are not. */
  curves: z.array(classCurvesSchema),
  /** Binary: a table of thresholds, ascending; the one at 0.5 is what `prediction` uses. */
  thresholds: z.array(thresholdRowSchema).default([]),
})

/** What a regression's test rows show. A residual is truth minus prediction. */
export const regressionDetailSchema = z.object({
  kind: z.literal('regression'),
  residuals: z.object({
    mean: z.number(),
    deviation: z.number(),
    quantiles: z.array(z.object({ q: fraction, value: z.number() })),
    /** `counts[i]` residuals lie from `edges[i]` to `edges[i + 1]`. */
    histogram: z.object({ edges: z.array(z.number()), counts: z.array(count) }),
  }),
  /** At most 500 rows, drawn at random, in the order of the test rows. */
  sample: z.array(z.object({ truth: z.number(), prediction: z.number() })),
})

/** What a regression's test rows show. */
export type RegressionDetail = z.infer<typeof regressionDetailSchema>

/** `report.json`: a model against rows that neither its training nor its choice has seen. */
export const evaluationReportSchema = z.object({
  formatVersion: z.literal(1),
  goal: goalSchema,
  model: z.object({ estimator: z.string(), summary: z.string(), trainingRows: count }),
  /** Test rows with a target: those that were evaluated. */
  rows: count,
  metrics: z.record(z.string(), z.number()),
  /** 95 % intervals of the metrics by the bootstrap over the test rows. */
  intervals: z.record(z.string(), z.object({ low: z.number(), high: z.number(), resamples: count })).default({}),
  /** What the report leads with; the interval holds the metric of 95 of 100 such test sets. */
  primary: z.object({
    metric: z.string(),
    label: z.string(),
    greaterIsBetter: z.boolean(),
    value: z.number().optional(),
    interval: z.object({ low: z.number(), high: z.number(), resamples: count }).optional(),
  }),
  /** What knowing nothing but the training target gets on the same rows. */
  baseline: z.object({ description: z.string(), metrics: z.record(z.string(), z.number()) }),
  /** The result in plain sentences, the most important first. */
  comparison: z.array(z.string()),
  /** What limits the trust in these figures, in plain sentences. */
  warnings: z.array(z.string()),
  /** Parts of the test rows by columns, those that matter most to the model first. */
  slices: z.array(sliceSchema).default([]),
  /** What the primary metric loses when the cells of a column are shuffled among test rows, mean and deviation over the repeats, largest loss first. */
  importance: z
    .object({ metric: z.string(), label: z.string(), rows: count, repeats: count, columns: z.array(z.object({ column: z.string(), drop: z.number(), deviation: z.number() })) })
    .optional(),
  detail: z.discriminatedUnion('kind', [classificationDetailSchema, regressionDetailSchema]),
})

/** `report.json`: a model against rows that it has never seen. */
export type EvaluationReport = z.infer<typeof evaluationReportSchema>
