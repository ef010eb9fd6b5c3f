import { isNumeric, type ColumnSchema } from '#shared/domain/schema.ts'
import type { FittedRecipe, RecipeStep } from './recipe.ts'

/** A dataset column and how it is read into memory. */
export type ColumnRead = { readonly schema: ColumnSchema; readonly as: 'number' | 'category' }

/** Dataset columns that a step reads, and how. */
export function readsOf({ column, as, from }: Pick<RecipeStep, 'column' | 'as' | 'from'>): readonly { readonly name: string; readonly as: ColumnRead['as'] }[] {
  return from === undefined ? [{ name: column, as }] : from.reads.map(({ name, type }) => ({ name, as: naturalKind(type) }))
}

/** How a column of that type is read where nothing else is wanted. */
export function naturalKind(type: ColumnSchema['type']): ColumnRead['as'] {
  return isNumeric(type) || type === 'datetime' ? 'number' : 'category'
}

type Reading = Pick<RecipeStep, 'column' | 'as' | 'from'>

function readOf(schema: ColumnSchema, steps: readonly Reading[]): ColumnRead[] {
  const kinds = new Set(steps.flatMap(readsOf).filter(({ name }) => name === schema.name).map(({ as }) => as))
  const [only] = kinds
  if (only === undefined) return []
  if (kinds.size === 1) return [{ schema, as: only }]
  // Read once; the step of the other kind converts.
  return [{ schema, as: naturalKind(schema.type) }]
}

/** The columns that unfitted steps read, in the order of `input`: what to load before `fitRecipe`. */
export function stepColumns(steps: readonly RecipeStep[], input: readonly ColumnSchema[]): ColumnRead[] {
  return input.flatMap((schema) => readOf(schema, steps))
}

/** The columns that a fitted recipe reads: what to load before `applyRecipe`. */
export function recipeColumns(fitted: FittedRecipe): ColumnRead[] {
  return fitted.input.flatMap((schema) => readOf(schema, fitted.steps))
}
