import { z } from 'zod'
import type { Task } from '#shared/domain/task.ts'
import { MillraceError } from '#shared/errors.ts'
import type { Estimator } from '../../learn/estimator.ts'
import { findMetric, metricsOf, selectionMetric } from '../../learn/metrics/index.ts'
import type { Metric } from '../../learn/metrics/metric.ts'
import { didYouMean } from '../../learn/recipe/suggest.ts'

const BUDGET = /^(\d+(?:\.\d+)?)\s*(s|m|min|h)?$/

/** Parameters of train/model. */
export const trainParams = z.strictObject({
  estimator: z.string().optional().describe('Id of the estimator, e.g. gradient-boosting; left out: chosen by cross-validation, or by the validation rows'),
  params: z.record(z.string(), z.unknown()).optional().describe("The estimator's parameters; left out: its settings are tuned"),
  budget: z
    .union([z.number().positive(), z.string().regex(BUDGET, 'a time such as 60s, 2m or 1h')])
    .default('90s')
    .describe(
      'Longest time to spend on comparing candidates, before the final fit: processor time of all threads, so that a busy machine compares what an idle one ' +
        'does; nor is it exceeded by the clock',
    ),
  folds: z
    .int()
    .min(0)
    .max(20)
    .refine((folds) => folds !== 1, 'one fold cannot be compared: 0, or 2 to 20')
    .default(5)
    .describe('Parts of the cross-validation on the training rows, in place of which validation rows are looked at where the step has some; 0: nothing is compared'),
  rows: z
    .union([z.enum(['auto', 'all']), z.int().positive()])
    .default('auto')
    .describe('Training rows to learn from: all; a number of them, spread over the data; auto: all, or as many as the memory holds, and the log says so'),
  learningCurve: z
    .boolean()
    .default(false)
    .describe('Fit what was chosen on growing parts of the training rows too, to show whether more rows would help; takes several times the time of a fit'),
  metric: z.string().optional().describe('What candidates are compared by, e.g. roc_auc, log_loss, rmse; left out: by the task'),
})

/** Parameters of train/model after defaults. */
export type TrainParams = z.infer<typeof trainParams>

/** Seconds of a budget such as 90, "90s", "1.5m" or "1h". */
export function budgetSeconds(budget: TrainParams['budget']): number {
  if (typeof budget === 'number') return budget
  const [, amount, unit] = BUDGET.exec(budget) ?? []
  return Number(amount) * (unit === 'h' ? 3600 : unit === 'm' || unit === 'min' ? 60 : 1)
}

/**
 * Seconds left of a budget after so many of processor time and by the clock. Threads of a process that has one processor at least to itself use more
 * processor time than passes by the clock: only on a machine busier than that the clock decides.
 */
export function secondsLeft(budget: number, used: { readonly processor: number; readonly clock: number }): number {
  return budget - Math.max(used.processor, used.clock)
}

/** The metric that was asked for, or the one for the task. */
export function metricFor(task: Task, wanted: string | undefined): Metric {
  const found = wanted === undefined ? selectionMetric(task) : findMetric(wanted)
  if (found?.tasks.includes(task) === true) return found
  const ids = metricsOf(task).map(({ id }) => id)
  throw new MillraceError({
    code: 'invalid-parameter',
    headline: found === undefined ? `There is no metric "${wanted}"` : `The metric "${wanted}" does not suit the task ${task}`,
    message: `\`metric\` of train/model names "${wanted}".${didYouMean(wanted ?? '', ids)}`,
    nextStep: `Use one of: ${ids.join(', ')}; or leave it out.`,
    details: { value: wanted ?? '' },
  })
}

/** An estimator's parameters after its defaults; throws `invalid-parameter`, with a suggestion, where it does not take them. */
export function estimatorParams(estimator: Estimator, given: Readonly<Record<string, unknown>>): unknown {
  const parsed = estimator.params.safeParse(given)
  if (parsed.success) return parsed.data
  const known = Object.keys(estimator.params.parse({}) as object)
  const unknown = Object.keys(given).filter((key) => !known.includes(key))
  const suggestions = unknown.map((key) => `"${key}" is not a parameter of ${estimator.id}.${didYouMean(key, known)}`)
  throw new MillraceError({
    code: 'invalid-parameter',
    headline: `${estimator.label} does not take these parameters`,
    message: suggestions.length > 0 ? suggestions.join(' ') : z.prettifyError(parsed.error),
    nextStep: known.length > 0 ? `Its parameters are: ${known.join(', ')}.` : 'It has no parameters: take `params` out.',
    details: { value: JSON.stringify(given) },
  })
}
