import { relative } from 'node:path'
import { z } from 'zod'
import type { FeatureColumn } from '#shared/contract/features.ts'
import type { MethodOutput } from '#shared/contract/index.ts'
import type { Artifact } from '#shared/domain/artifact.ts'
import type { ColumnSchema } from '#shared/domain/schema.ts'
import type { Goal } from '#shared/domain/task.ts'
import { MillraceError } from '#shared/errors.ts'
import { FUNCTIONS } from '../../learn/formula/functions.ts'
import { createRecipeSpec, expandRecipe, leftOutColumns, type RecipeWishes } from '../../learn/recipe/index.ts'
import type { RecipeStep } from '../../learn/recipe/recipe.ts'
import { findTransform, transforms } from '../../learn/transforms/index.ts'
import { checkPipeline, readPipelineText } from '../../pipeline/read-pipeline.ts'
import { loadStepKinds } from '../../pipeline/step-kinds.ts'
import { recipe as recipeKind } from '../../stages/features/recipe.ts'
import type { Project } from '../../store/project.ts'
import { formatRunId } from '../../store/run-id.ts'
import { slashed } from '../pipeline-place.ts'
import { isRunOfFile } from '../run-of-file.ts'

/** An estimator that takes plain numbers only: what the preset does for it shows all that may become of a column. */
const PLAIN_NUMBERS = { missing: false, categorical: false, scaled: true, sparse: false }

type Description = MethodOutput<'features.describe'>

/** The parameters of a features/recipe step, checked; throws `invalid-parameter`. */
export function recipeWishes(params: Readonly<Record<string, unknown>>): RecipeWishes {
  const parsed = recipeKind.params.safeParse(params)
  if (parsed.success) return parsed.data as RecipeWishes
  throw new MillraceError({
    code: 'invalid-parameter',
    headline: 'The recipe has a parameter that it does not take',
    message: z.prettifyError(parsed.error),
    nextStep: 'Correct the parameter, or take it out to use its default.',
  })
}

/** The recipe of a pipeline file, and what it does with each column of the data that entered it last. */
export async function describeFeatures(project: Project, file: string, draft: Readonly<Record<string, unknown>> | undefined): Promise<Description> {
  const kinds = await loadStepKinds()
  const { goal, steps } = checkPipeline(await readPipelineText(file), file, kinds)
  const step = steps.find(({ uses }) => uses === recipeKind.id)
  const params = draft ?? step?.params ?? {}
  const data = step === undefined ? undefined : newestInput(project, file, step.id)
  return {
    step: step?.id ?? null,
    goal: goal ?? null,
    params,
    data: data === undefined ? null : { hash: data.artifact.hash, rows: data.artifact.meta.rows, run: data.run },
    columns: data === undefined || goal === undefined ? [] : columnsOf(data.artifact.meta.schema.columns, recipeWishes(params), goal, data.artifact.meta.rows),
    transforms: transforms.map(({ id, label, help, takes, params: schema }) => ({ id, label, help, takes, params: z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) })),
    functions: Object.entries(FUNCTIONS).map(([name, { takes, repeats }]) => ({ name, signature: `${name}(${[...takes, ...(repeats === true ? ['…'] : [])].join(', ')})` })),
  }
}

const keyPartsSchema = z.looseObject({ inputs: z.looseObject({ data: z.string() }) })

/** The dataset that entered the step in the newest run of that file which came so far. */
function newestInput(project: Project, file: string, step: string): { readonly artifact: Artifact<'dataset'>; readonly run: string } | undefined {
  for (const run of project.runs.list(LOOKED_AT)) {
    if (!isRunOfFile(project.path, run.pipelineFile, slashed(relative(project.path, file)))) continue
    const parts = keyPartsSchema.safeParse(project.stepRuns.get(run.number, step)?.keyParts)
    const artifact = parts.success ? project.artifacts.get('dataset', parts.data.inputs.data) : undefined
    if (artifact !== undefined) return { artifact: artifact as Artifact<'dataset'>, run: formatRunId(run.number) }
  }
  return undefined
}

/** Runs that are looked at for one that came to the recipe. */
const LOOKED_AT = 200

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
