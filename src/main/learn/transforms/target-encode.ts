import { z } from 'zod'
import type { CategoryColumn, Column } from '../../table/column.ts'
import type { Target } from '../../table/matrix.ts'
import { defineTransform, type TransformFit } from '../transform.ts'
import { createFolds } from '../tuning/folds.ts'
import { asCategories } from './as-kind.ts'
import { levelsByCount } from './levels.ts'

const params = z.strictObject({
  folds: z.int().min(2).max(100).default(5).describe('Parts of the training rows; each is encoded by what the others say'),
  smoothing: z
    .union([z.literal('auto'), z.number().nonnegative().max(1e9)])
    .default('auto')
    .describe('Rows that the overall mean counts for in each level (m-estimate); auto: by the spread within levels (empirical Bayes)'),
  maxClasses: z.int().min(2).max(1000).default(20).describe('More than two classes: at most this many, the most frequent, have a column'),
  maxLevels: z.int().min(1).max(1_000_000).default(100_000).describe('Rarer levels than these count as unseen'),
})
type Params = z.infer<typeof params>

const fitted = z.object({
  /** Class of each column, as it reads; one entry, undefined as "", for numbers. */
  classes: z.array(z.string()),
  levels: z.array(z.string()),
  /** Per column: the training rows' mean, and that of each level, drawn towards it. */
  columns: z.array(z.object({ prior: z.number(), means: z.array(z.number()) })),
})
type Fitted = z.infer<typeof fitted>

/** A number per row whose mean is wanted: 1 for the rows of a class, or the target itself. */
type Measure = { readonly name: string; readonly values: Float64Array }

function measuresOf(target: Target, maxClasses: number): readonly Measure[] {
  if (target.kind === 'numbers') return [{ name: '', values: target.values }]
  const counts = target.classes.map(() => 0)
  for (const code of target.codes) counts[code] = (counts[code] ?? 0) + 1
  const kept = new Set(counts.map((count, code) => ({ count, code })).toSorted((a, b) => b.count - a.count || a.code - b.code).slice(0, maxClasses).map(({ code }) => code))
  const wanted = target.classes.length <= 2 ? [target.classes.length - 1] : target.classes.map((_, code) => code).filter((code) => kept.has(code))
  return wanted.map((wantedCode) => ({ name: target.classes[wantedCode] ?? '', values: Float64Array.from(target.codes, (code) => (code === wantedCode ? 1 : 0)) }))
}

type Means = { readonly prior: number; readonly ofCode: Float64Array }

/**
 * Means of the rows `index` by dictionary code, drawn towards their overall mean; levels without rows have it. With m rows of weight:
 * (sum + m · mean) / (count + m); by empirical Bayes: λ · level mean + (1 − λ) · mean with λ = n·s² / (n·s² + s_level²), s² the population
 * variance of all rows (Micci-Barreca, A preprocessing scheme for high-cardinality categorical attributes, 2001; as scikit-learn).
 */
function meansOf({ codes, categories }: CategoryColumn, values: Float64Array, index: Int32Array, smoothing: Params['smoothing']): Means {
  const counts = new Float64Array(categories.length)
  const means = new Float64Array(categories.length)
  const squares = new Float64Array(categories.length)
  let [prior, total] = [0, 0]
  for (let i = 0; i < index.length; i++) {
    const row = index[i] as number
    const value = values[row] as number
    const off = value - prior
    prior += off / (i + 1)
    total += off * (value - prior)
    const code = codes[row] as number
    if (code < 0) continue
    ;(counts[code] as number)++
    const delta = value - (means[code] as number)
    ;(means[code] as number) += delta / (counts[code] as number)
    ;(squares[code] as number) += delta * (value - (means[code] as number))
  }
  const variance = index.length > 0 ? total / index.length : 0
  const ofCode = means.map((mean, code) => {
    const n = counts[code] as number
    if (n === 0) return prior
    const m = smoothing === 'auto' ? (squares[code] as number) / n / variance : smoothing
    return Number.isFinite(m) ? (n * mean + m * prior) / (n + m) : prior
  })
  return { prior, ofCode }
}

function columnOf(column: Column, measure: string, only: boolean, values: Float64Array): Column {
  return { kind: 'number', name: `${column.name} (target${only ? '' : ` = ${measure}`})`, values }
}

function fit(column: CategoryColumn, { smoothing, maxClasses, maxLevels }: Params, { target }: TransformFit): Fitted {
  const all = Int32Array.from(column.codes, (_, row) => row)
  const levels = levelsByCount(column).slice(0, maxLevels)
  const codeOf = new Map(column.categories.map((level, code) => [level, code]))
  const measures = measuresOf(target, maxClasses)
  return {
    classes: measures.map(({ name }) => name),
    levels: levels.map(({ level }) => level),
    columns: measures.map(({ values }) => {
      const { prior, ofCode } = meansOf(column, values, all, smoothing)
      return { prior, means: levels.map(({ level }) => ofCode[codeOf.get(level) as number] as number) }
    }),
  }
}

/** Each part of the rows, encoded by what the other parts say. */
function* outOfFold(column: CategoryColumn, { folds, smoothing, maxClasses }: Params, { target, rng }: TransformFit): Generator<Column> {
  const rows = column.codes.length
  const parts = createFolds(target, { folds: Math.max(2, Math.min(folds, rows)), repeats: 1 }, rng.fork('target encoding'))
  const measures = measuresOf(target, maxClasses)
  for (const { name, values } of measures) {
    // One row alone has no others: it gets the mean, which is its own.
    const made = new Float64Array(rows).fill(parts.length === 0 && rows > 0 ? (values[0] as number) : 0)
    for (const { train, test } of parts) {
      const { prior, ofCode } = meansOf(column, values, train, smoothing)
      for (let i = 0; i < test.length; i++) {
        made[test[i] as number] = ofCode[column.codes[test[i] as number] as number] ?? prior
      }
    }
    yield columnOf(column, name, measures.length === 1, made)
  }
}

/** The target's mean among the training rows with the row's level: of the other folds' rows in training. Unseen and missing levels get the overall mean. */
export const targetEncode = defineTransform<Params, Fitted>({
  id: 'target-encode',
  version: 1,
  label: "Target's mean of the level",
  help: 'Puts the mean target of a level in its place, drawn towards the overall mean. Training rows are encoded by other rows only, fold by fold.',
  takes: 'category',
  makes: 'number',
  fills: true,
  params,
  fitted,
  fit: (column, params, about) => fit(asCategories(column), params, about),
  apply(column, _params, { classes, levels, columns }) {
    const texts = asCategories(column)
    const placeOf = new Map(levels.map((level, place) => [level, place]))
    const places = texts.categories.map((level) => placeOf.get(level) ?? -1)
    return columns.map(({ prior, means }, index) => {
      const values = Float64Array.from(texts.codes, (code) => means[places[code] ?? -1] ?? prior)
      return columnOf(column, classes[index] ?? '', columns.length === 1, values)
    })
  },
  applyToTraining: (column, params, _fitted, about) => outOfFold(asCategories(column), params, about),
  describe: (_name, { folds, smoothing }, { levels, classes }) =>
    `mean of the target${classes.length > 1 ? ` for each of ${classes.length} classes` : ''} in each of ${levels.length.toLocaleString('en')} levels, ` +
    `${smoothing === 'auto' ? 'drawn towards the overall mean by the spread within levels' : `with ${smoothing} rows of the overall mean`}; ` +
    `training rows by the other ${folds - 1} of ${folds} folds`,
})
