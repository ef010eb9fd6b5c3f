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
  return rows < 200 ? 2 : Math.min(20, Math.max(3, Math.floor(rows / 2000)))
}

function numbers(accepts: Accepts): readonly TransformUse[] {
  return [
    ...(accepts.scaled ? [use('clip', { tails: TAILS }), use('scale')] : []),
    ...(accepts.missing ? [] : [use('missing-indicator'), use('impute')]),
  ]
}

function levels(column: ColumnSchema, accepts: Accepts, { rows }: RecipeFacts): readonly TransformUse[] {
  if (!accepts.categorical) return [use('one-hot', { minCount: leastRows(rows) })]
  // With two levels a code is a number as good as any, and a threshold splits it.
  return [use('ordinal', column.distinct <= 2 ? { as: 'number' } : {})]
}

function dates(column: ColumnSchema, accepts: Accepts): readonly RecipeStep[] {
  const step = (transforms: readonly TransformUse[]): RecipeStep => ({ column: column.name, as: 'number', transforms: [...transforms] })
  if (!accepts.scaled) return [step([use('date-parts'), ...(accepts.missing ? [] : [use('impute')])])]
  const line = [use('clip', { tails: TAILS }), use('scale'), ...(accepts.missing ? [] : [use('impute')])]
  return [
    step([use('date-parts', { parts: ['days', 'year', 'day', 'hour'] }), ...line]),
    // Month and weekday go round in a circle: a straight line through them means nothing.
    step([use('date-parts', { parts: ['month', 'weekday'] }), ...(accepts.categorical ? [use('ordinal')] : [use('one-hot', { missing: 'zero' })])]),
    ...(accepts.missing ? [] : [step([use('missing-indicator', { keep: false })])]),
  ]
}

/** The ways of one column into the matrix of an estimator that accepts `accepts`, by the column's type. None for text. */
export function presetSteps(column: ColumnSchema, accepts: Accepts, facts: RecipeFacts): readonly RecipeStep[] {
  switch (column.type) {
    case 'integer':
    case 'decimal':
      return [{ column: column.name, as: 'number', transforms: [...numbers(accepts)] }]
    case 'boolean':
    case 'category':
      return [{ column: column.name, as: 'category', transforms: [...levels(column, accepts, facts)] }]
    case 'datetime':
      return dates(column, accepts)
    case 'text':
      return []
  }
}
