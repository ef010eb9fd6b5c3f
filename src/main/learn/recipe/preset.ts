import type { ColumnSchema } from '#shared/domain/schema.ts'
import type { Accepts } from '../estimator.ts'
import type { RecipeStep, TransformUse } from './recipe.ts'

/** Facts about the training data that `preset: auto` looks at beside the schema. */
export type RecipeFacts = { readonly rows: number }

function use(transform: string, params: Readonly<Record<string, unknown>> = {}): TransformUse {
  return { transform, params }
}

/** Beyond this many times the distance of the 1 % and 99 % quantiles a number is an accident, and would drown the rest once scaled. */
const TAILS = 25

/** A level needs this many rows before it gets a column or a code of its own. */
function leastRows(rows: number): number {
  return Math.min(20, Math.max(3, Math.floor(rows / 2000)))
}

/** An integer column with so few distinct values may hold codes: cylinders, the kind of a pain, a year of make. */
const FEW_INTEGERS = 15

function step(column: ColumnSchema, as: RecipeStep['as'], transforms: readonly TransformUse[]): RecipeStep {
  return { column: column.name, as, transforms: [...transforms] }
}

/** The closing transforms of every line of numbers. */
function line(accepts: Accepts): readonly TransformUse[] {
  return [
    ...(accepts.scaled ? [use('clip', { tails: TAILS })] : []),
    ...(accepts.missing ? [] : [use('impute')]),
    ...(accepts.scaled ? [use('scale')] : []),
  ]
}

/** Skewness from which numbers are straightened. */
const SKEWED = 2

/**
 * Skewed numbers are straightened where a line is drawn through them. Measured by cross-validation with regularised linear models on training
 * rows: houses' prices RMSE 69,088 → 65,791 (with curves 61,740 → 61,433), mammograms' log loss 0.0597 → 0.0574, six other sets within noise.
 * From skewness 1 on two sets are worse, and so is one where columns of mostly zeros are straightened too (log loss 0.326 → 0.338).
 */
function straightened(accepts: Accepts): readonly TransformUse[] {
  return [...(accepts.scaled ? [use('yeo-johnson', { least: SKEWED })] : []), ...line(accepts)]
}

/** A way of its own, so that the marks are not scaled: they stay 0 and 1 like the columns of one-hot. */
function marks(column: ColumnSchema, accepts: Accepts): readonly RecipeStep[] {
  return accepts.missing ? [] : [step(column, 'number', [use('missing-indicator', { keep: false })])]
}

/** Levels above which a column is wide: its one-hot columns are sparse where the estimator accepts that. */
const WIDE = 64

function levels(column: ColumnSchema, accepts: Accepts, { rows }: RecipeFacts): readonly TransformUse[] {
  if (!accepts.categorical && accepts.sparse && column.distinct > WIDE) {
    return [use('one-hot', { minCount: Math.min(3, leastRows(rows)), maxLevels: 20_000, sparse: 'wide' })]
  }
  if (!accepts.categorical) return [use('one-hot', { minCount: leastRows(rows) })]
  // With two levels a code is a number as good as any, and a threshold splits it; a third one, never seen, is a missing number, which not all take.
  return [use('ordinal', column.distinct <= 2 && accepts.missing ? { as: 'number' } : {})]
}

/** Levels that a categorical column of a matrix can hold. */
const MOST_CODES = 254

/**
 * The target's mean of the level where there are more levels than codes. With fewer it does not help: boosted trees on census rows with 40
 * countries, cross-validated on training rows: log loss 0.2939 with codes alone, 0.2964 with means beside them, 0.2945 with frequencies.
 */
function targetMeans(column: ColumnSchema, accepts: Accepts): readonly RecipeStep[] {
  if (!accepts.categorical || column.distinct <= MOST_CODES) return []
  return [step(column, 'category', [use('target-encode'), ...line({ ...accepts, missing: true })])]
}

function dates(column: ColumnSchema, accepts: Accepts): readonly RecipeStep[] {
  if (!accepts.scaled) return [step(column, 'number', [use('date-parts'), ...line(accepts)]), ...marks(column, accepts)]
  return [
    step(column, 'number', [use('date-parts', { parts: ['days', 'year', 'day', 'hour'] }), ...line(accepts)]),
    // Month and weekday go round in a circle: a straight line through them means nothing.
    step(column, 'number', [
      use('date-parts', { parts: ['month', 'weekday'] }),
      accepts.categorical ? use('ordinal') : use('one-hot', { missing: 'zero' }),
    ]),
    // Many places on a round: a wave needs two columns. Cross-validated beside the above: temperatures' RMSE 2.825 → 2.804, passengers' 24.5 → 23.0,
    // births' 829 → 827; in its place it is worse.
    step(column, 'number', [use('cyclic', { parts: ['hour', 'day of year'] }), ...(accepts.missing ? [] : [use('impute')])]),
    ...marks(column, accepts),
  ]
}

/**
 * The levels of an integer column beside its number, for estimators that draw a straight line. Measured by cross-validation with regularised
 * linear models on training rows: cars' fuel use RMSE 3.53 → 3.09, a veterinary set's log loss 0.456 → 0.451, no set worse; the levels
 * without the number are worse than both.
 */
function codes(column: ColumnSchema, accepts: Accepts, { rows }: RecipeFacts): readonly RecipeStep[] {
  const few = column.type === 'integer' && column.distinct > 2 && column.distinct <= FEW_INTEGERS
  if (!few || !accepts.scaled || accepts.categorical) return []
  return [step(column, 'number', [use('one-hot', { minCount: leastRows(rows), missing: 'zero' })])]
}

/** Rows above which runs of characters are left out: they take five times the memory and time of words. */
const MANY_TEXTS = 200_000

/**
 * Words, word pairs and runs of characters; for estimators without sparse columns their topics, and the look of the text. Measured by
 * cross-validation with logistic regression on training rows: against words and pairs alone, runs of characters bring the log loss of spam
 * messages from 0.049 to 0.037 and of short reviews from 0.446 to 0.418; the look of the text beside them does not help (0.050, 0.420).
 */
function texts(column: ColumnSchema, accepts: Accepts, { rows }: RecipeFacts): readonly RecipeStep[] {
  const words = { sublinear: true }
  const characters = { analyzer: 'char_wb', minRows: 2, sublinear: true }
  if (accepts.sparse) {
    return [step(column, 'category', [use('tf-idf', words)]), ...(rows > MANY_TEXTS ? [] : [step(column, 'category', [use('tf-idf', characters)])])]
  }
  return [
    step(column, 'category', [use('text-components', { ...(rows > MANY_TEXTS ? words : characters), components: 60 }), ...line({ ...accepts, missing: true })]),
    step(column, 'category', [use('text-statistics'), ...line(accepts)]),
  ]
}

/** The ways of one column into the matrix of an estimator that accepts `accepts`, by the column's type. */
export function presetSteps(column: ColumnSchema, accepts: Accepts, facts: RecipeFacts): readonly RecipeStep[] {
  switch (column.type) {
    case 'integer':
    case 'decimal':
      return [step(column, 'number', straightened(accepts)), ...marks(column, accepts), ...codes(column, accepts, facts)]
    case 'boolean':
    case 'category':
      return [step(column, 'category', levels(column, accepts, facts)), ...targetMeans(column, accepts)]
    case 'datetime':
      return dates(column, accepts)
    case 'text':
      return texts(column, accepts, facts)
  }
}
