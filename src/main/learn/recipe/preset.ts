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

/** A way of its own, so that the marks are not scaled: they stay 0 and 1 like the columns of one-hot. */
function marks(column: ColumnSchema, accepts: Accepts): readonly RecipeStep[] {
  return accepts.missing ? [] : [step(column, 'number', [use('missing-indicator', { keep: false })])]
}

function levels(column: ColumnSchema, accepts: Accepts, { rows }: RecipeFacts): readonly TransformUse[] {
  if (!accepts.categorical) return [use('one-hot', { minCount: leastRows(rows) })]
  // With two levels a code is a number as good as any, and a threshold splits it.
  return [use('ordinal', column.distinct <= 2 ? { as: 'number' } : {})]
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

/** The ways of one column into the matrix of an estimator that accepts `accepts`, by the column's type. None for text. */
export function presetSteps(column: ColumnSchema, accepts: Accepts, facts: RecipeFacts): readonly RecipeStep[] {
  switch (column.type) {
    case 'integer':
    case 'decimal':
      return [step(column, 'number', line(accepts)), ...marks(column, accepts), ...codes(column, accepts, facts)]
    case 'boolean':
    case 'category':
      return [step(column, 'category', levels(column, accepts, facts))]
    case 'datetime':
      return dates(column, accepts)
    case 'text':
      return []
  }
}
