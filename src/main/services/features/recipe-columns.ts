import { z } from 'zod'
import type { FeatureColumn } from '#shared/contract/features.ts'
import type { MethodOutput } from '#shared/contract/index.ts'
import type { ColumnSchema } from '#shared/domain/schema.ts'
import type { Goal } from '#shared/domain/task.ts'
import { FUNCTIONS } from '../../learn/formula/functions.ts'
import { createRecipeSpec, expandRecipe, leftOutColumns, type RecipeWishes } from '../../learn/recipe/index.ts'
import type { RecipeStep } from '../../learn/recipe/recipe.ts'
import { findTransform, transforms } from '../../learn/transforms/index.ts'
import { checkPipeline } from '../../pipeline/read-pipeline.ts'
import type { StepKind } from '../../stages/step-kind.ts'
import { recipe as recipeKind } from '../../stages/features/recipe.ts'
import { recipeWishes } from './recipe-wishes.ts'

/** An estimator that takes plain numbers only: what the preset does for it shows all that may become of a column. */
const PLAIN_NUMBERS = { missing: false, categorical: false, scaled: true, sparse: false }

/** The recipe step of a pipeline and what the pipeline wants to learn; both null where it says nothing of them. */
export type RecipeOfFile = { readonly goal: Goal | null; readonly step: { readonly id: string; readonly params: Readonly<Record<string, unknown>> } | null }

/** Finds the recipe in a pipeline's text; throws `invalid-pipeline`. */
export function recipeOfFile(text: string, file: string, kinds: ReadonlyMap<string, StepKind>): RecipeOfFile {
  const { goal, steps } = checkPipeline(text, file, kinds)
  const step = steps.find(({ uses }) => uses === recipeKind.id)
  return { goal: goal ?? null, step: step === undefined ? null : { id: step.id, params: step.params } }
}

/** A recipe's parameters, and the data that they are for where there is some. */
export type RecipeOverData = { readonly params: Readonly<Record<string, unknown>>; readonly goal: Goal | null; readonly data: { readonly columns: readonly ColumnSchema[]; readonly rows: number } | null }

/** What a recipe does with each column, and what it could do. */
export type RecipeColumns = Pick<MethodOutput<'features.describe'>, 'columns' | 'transforms' | 'functions'>

/** Says what a recipe does with each column of the data, and which transforms and functions there are. */
export function recipeColumns({ params, goal, data }: RecipeOverData): RecipeColumns {
  return {
    columns: data === null || goal === null ? [] : columnsOf(data.columns, recipeWishes(params), goal, data.rows),
    transforms: transforms.map(({ id, label, help, takes, params: schema }) => ({ id, label, help, takes, params: z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) })),
    functions: Object.entries(FUNCTIONS).map(([name, { takes, repeats }]) => ({ name, signature: `${name}(${[...takes, ...(repeats === true ? ['…'] : [])].join(', ')})` })),
  }
}

function columnsOf(columns: readonly ColumnSchema[], wishes: RecipeWishes, goal: Goal, rows: number): FeatureColumn[] {
  const spec = createRecipeSpec(columns, wishes)
  const steps = expandRecipe(spec, PLAIN_NUMBERS, goal, { rows })
  const reasons = new Map(leftOutColumns(spec, goal).map(({ column, reason }) => [column, reason]))
  const known = columns.map((schema) => columnOf({ ...schema, formula: null }, steps, reasons, wishes))
  const made = Object.entries(spec.formulas).map(([name, text]) => {
    const own = steps.find(({ column }) => column === name)
    const type = own?.as === 'category' ? ('category' as const) : ('decimal' as const)
    return columnOf({ name, type, role: 'feature', reason: 'a formula of the recipe', missing: 0, distinct: 0, formula: text }, steps, reasons, wishes)
  })
  return [...known, ...made]
}

type Facts = Pick<FeatureColumn, 'name' | 'type' | 'role' | 'reason' | 'missing' | 'distinct' | 'formula'>

function columnOf(facts: Facts, steps: readonly RecipeStep[], reasons: ReadonlyMap<string, string>, wishes: RecipeWishes): FeatureColumn {
  const { name, type, role, reason, missing, distinct, formula } = facts
  const ways = steps.filter(({ column }) => column === name).map((step) => step.transforms.map(({ transform, params }) => ({ transform, label: findTransform(transform)?.label ?? transform, params })))
  return { name, type, role, reason, missing, distinct, formula, enters: ways.length > 0, leftOut: ways.length > 0 ? null : (reasons.get(name) ?? 'the recipe makes nothing of it'), chosen: Object.hasOwn(wishes.columns, name), ways }
}
