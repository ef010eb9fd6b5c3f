import { MillraceError } from '#shared/errors.ts'
import type { ColumnSchema } from '#shared/domain/schema.ts'
import type { Goal } from '#shared/domain/task.ts'
import type { Accepts } from '../estimator.ts'
import { naturalKind } from './columns.ts'
import { requireTransform } from './create.ts'
import { derivedColumns } from './derived-columns.ts'
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
  if (column.type === 'text' && spec.preset === 'none') return 'it holds free text, which preset none does not turn into features; say how under `columns`'
  return undefined
}

/** Columns that do not enter the model whatever the estimator, each with its reason in words. */
export function leftOutColumns(spec: RecipeSpec, goal: Goal): readonly LeftOut[] {
  return spec.columns.flatMap((column) => {
    const reason = reasonToLeaveOut(column, spec, goal)
    return reason === undefined ? [] : [{ column: column.name, reason }]
  })
}

function kindAfter(kind: RecipeStep['as'], { transform, params }: TransformUse, column: string): RecipeStep['as'] {
  if (transform === 'ordinal') return params['as'] === 'number' ? 'number' : 'category'
  return requireTransform(transform, column).makes ?? kind
}

/** The transform, or what takes its place for an estimator that does not accept sparse columns. */
function acceptable(use: TransformUse, column: string, accepts: Accepts): TransformUse {
  const transform = requireTransform(use.transform, column)
  const other = accepts.sparse ? undefined : transform.dense?.(transform.params.parse(use.params))
  return other === undefined ? use : { transform: other.transform, params: { ...other.params } }
}

/** The user's transforms, and after them only what the estimator cannot do without. */
function chosenStep(column: ColumnSchema, wanted: readonly TransformUse[], accepts: Accepts): RecipeStep {
  const uses = wanted.map((use) => acceptable(use, column.name, accepts))
  const takes = uses.map(({ transform }) => requireTransform(transform, column.name).takes)
  const as = takes.find((kind) => kind !== 'any') ?? naturalKind(column.type)
  let kind = as
  for (const [index, use] of uses.entries()) {
    const taken = takes[index] as (typeof takes)[number]
    kind = kindAfter(taken === 'any' ? kind : taken, use, column.name)
  }
  const last = uses.at(-1)
  const fills = last !== undefined && requireTransform(last.transform, column.name).fills === true
  const closing: TransformUse[] = []
  if (kind === 'category' && !accepts.categorical) closing.push({ transform: 'one-hot', params: {} })
  else if (kind === 'category' && last?.transform !== 'ordinal') closing.push({ transform: 'ordinal', params: {} })
  else if (kind === 'number' && !accepts.missing && !fills) closing.push({ transform: 'impute', params: {} })
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
  const stepsOf = (column: ColumnSchema): readonly RecipeStep[] => {
    if (reasonToLeaveOut(column, spec, goal) !== undefined) return []
    const chosen = overrideOf(spec, column.name)
    if (chosen !== undefined) return [chosenStep(column, chosen, accepts)]
    return spec.preset === 'none' ? [chosenStep(column, [], accepts)] : presetSteps(column, accepts, facts)
  }
  const derived = derivedColumns(spec, goal.target)
  const steps = [...spec.columns.flatMap(stepsOf), ...derived.flatMap(({ schema, from }) => stepsOf(schema).map((step) => ({ ...step, from })))]
  if (steps.length === 0) throw nothingLeft(leftOutColumns(spec, goal))
  return steps
}
