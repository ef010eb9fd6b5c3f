import { MillraceError } from '#shared/errors.ts'
import { isNumeric, type ColumnSchema } from '#shared/domain/schema.ts'
import type { Goal } from '#shared/domain/task.ts'
import type { Accepts } from '../estimator.ts'
import { requireTransform } from './create.ts'
import { nothingLeft } from './nothing-left.ts'
import { presetSteps, type RecipeFacts } from './preset.ts'
import type { LeftOut, RecipeSpec, RecipeStep, TransformUse } from './recipe.ts'

/** The user's transforms for a column, which may well be called "constructor". */
function overrideOf(spec: RecipeSpec, name: string): readonly TransformUse[] | undefined {
  return Object.hasOwn(spec.overrides, name) ? spec.overrides[name] : undefined
}

function reasonToLeaveOut(column: ColumnSchema, spec: RecipeSpec, goal: Goal): string | undefined {
  if (column.name === goal.target) return 'it is the target'
  if (spec.drop.includes(column.name)) return 'the recipe drops it'
  if (overrideOf(spec, column.name) !== undefined) return undefined
  if (column.role === 'target') return 'its role is target'
  if (column.role === 'identifier' || column.role === 'ignore') return `its role is ${column.role}: ${column.reason}`
  if (column.type === 'text') return 'it holds free text, which the preset does not turn into features; say how under `columns`'
  return undefined
}

/** Columns that do not enter the model whatever the estimator, each with its reason in words. */
export function leftOutColumns(spec: RecipeSpec, goal: Goal): readonly LeftOut[] {
  return spec.columns.flatMap((column) => {
    const reason = reasonToLeaveOut(column, spec, goal)
    return reason === undefined ? [] : [{ column: column.name, reason }]
  })
}

/** How a column is read whose first transform takes anything. */
function naturalKind(column: ColumnSchema): RecipeStep['as'] {
  return isNumeric(column.type) || column.type === 'datetime' ? 'number' : 'category'
}

function kindAfter(kind: RecipeStep['as'], { transform, params }: TransformUse): RecipeStep['as'] {
  if (transform === 'one-hot' || transform === 'date-parts') return 'number'
  if (transform === 'ordinal') return params['as'] === 'number' ? 'number' : 'category'
  return kind
}

/** The user's transforms, and after them only what the estimator cannot do without. */
function chosenStep(column: ColumnSchema, uses: readonly TransformUse[], accepts: Accepts): RecipeStep {
  const takes = uses.map(({ transform }) => requireTransform(transform, column.name).takes)
  const as = takes.find((kind) => kind !== 'any') ?? naturalKind(column)
  let kind = as
  for (const [index, use] of uses.entries()) {
    const taken = takes[index] as (typeof takes)[number]
    kind = kindAfter(taken === 'any' ? kind : taken, use)
  }
  const last = uses.at(-1)?.transform
  const closing: TransformUse[] = []
  if (kind === 'category' && !accepts.categorical) closing.push({ transform: 'one-hot', params: {} })
  else if (kind === 'category' && last !== 'ordinal') closing.push({ transform: 'ordinal', params: {} })
  else if (kind === 'number' && !accepts.missing && last !== 'one-hot') closing.push({ transform: 'impute', params: {} })
  return { column: column.name, as, transforms: [...uses, ...closing] }
}

function targetAsFeature(target: string): MillraceError {
  return new MillraceError({
    code: 'invalid-parameter',
    headline: `The target "${target}" cannot be a feature`,
    message: `The recipe has transforms for the column "${target}", which is what the model predicts: it would know the answer.`,
    nextStep: `Take "${target}" out of \`columns\`.`,
    details: { column: target },
  })
}

/**
 * The transforms that prepare a dataset for an estimator: the user's where the spec has them, else the preset's. A pure function of
 * the schema; learns nothing from cells. Target, dropped, identifier and ignored columns never enter (an override brings the last two in).
 * Throws MillraceError `invalid-data` where no column enters, `invalid-parameter` where the target has transforms.
 */
export function expandRecipe(spec: RecipeSpec, accepts: Accepts, goal: Goal, facts: RecipeFacts): RecipeStep[] {
  if (overrideOf(spec, goal.target) !== undefined) throw targetAsFeature(goal.target)
  const steps = spec.columns.flatMap((column) => {
    if (reasonToLeaveOut(column, spec, goal) !== undefined) return []
    const chosen = overrideOf(spec, column.name)
    if (chosen !== undefined) return [chosenStep(column, chosen, accepts)]
    return spec.preset === 'none' ? [chosenStep(column, [], accepts)] : presetSteps(column, accepts, facts)
  })
  if (steps.length === 0) throw nothingLeft(leftOutColumns(spec, goal))
  return steps
}
