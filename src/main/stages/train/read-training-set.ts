import { join } from 'node:path'
import type { Artifact } from '#shared/domain/artifact.ts'
import { isNumeric, type ColumnSchema } from '#shared/domain/schema.ts'
import type { Goal } from '#shared/domain/task.ts'
import { MillraceError } from '#shared/errors.ts'
import { loadTable, type RowSample } from '../../data/load-table.ts'
import type { Estimator } from '../../learn/estimator.ts'
import { summariseTarget, targetOf, type TargetReading } from '../../learn/model/index.ts'
import { stepColumns, type ColumnRead } from '../../learn/recipe/columns.ts'
import { expandRecipe } from '../../learn/recipe/expand.ts'
import { recipeSpecSchema, type RecipeSpec } from '../../learn/recipe/recipe.ts'
import { didYouMean } from '../../learn/recipe/suggest.ts'
import type { Arrangement, Judges, TrainingSet } from '../../learn/tuning/index.ts'
import type { Target } from '../../table/matrix.ts'
import { columnOf, selectRows } from '../../table/table.ts'
import type { StageContext } from '../step-kind.ts'

type Inputs = { readonly train: Artifact<'dataset'>; readonly recipe: Artifact<'recipe'>; readonly validation: Artifact<'dataset'> | undefined }

function requireTarget(goal: Goal, columns: readonly ColumnSchema[]): ColumnSchema {
  const found = columns.find(({ name }) => name === goal.target)
  const names = columns.map(({ name }) => name)
  if (found === undefined) {
    throw new MillraceError({
      code: 'invalid-data',
      headline: `The training data has no column "${goal.target}"`,
      message: `\`target\` of the pipeline names it.${didYouMean(goal.target, names)} The columns are: ${names.join(', ')}.`,
      nextStep: 'Correct `target` in the pipeline.',
      details: { column: goal.target },
    })
  }
  if (goal.task === 'regression' && !isNumeric(found.type) && found.type !== 'boolean') throw notNumbers(goal, found)
  return found
}

function notNumbers(goal: Goal, column: ColumnSchema): MillraceError {
  return new MillraceError({
    code: 'invalid-data',
    headline: `The target "${goal.target}" does not hold numbers, and the task is regression`,
    message: `Its type is ${column.type}: ${column.reason}.`,
    nextStep: 'Write `task: binary-classification` or `task: multiclass-classification` in the pipeline, or choose another target.',
    details: { column: goal.target },
  })
}

async function readTarget(inputs: Inputs, goal: Goal, sample: RowSample | undefined, ctx: StageContext): Promise<TargetReading> {
  const schema = requireTarget(goal, inputs.train.meta.schema.columns)
  const as = goal.task === 'regression' ? 'number' : 'category'
  const column = columnOf(await loadTable(ctx.data, join(inputs.train.path, 'data.parquet'), [{ schema, as }], rowsOf(sample)), goal.target)
  const reading = targetOf(goal, column, undefined)
  if (reading.rows.length > 0) return reading
  if (schema.missing < inputs.train.meta.rows) throw notNumbers(goal, schema)
  throw new MillraceError({
    code: 'invalid-data',
    headline: `The target "${goal.target}" has no value`,
    message: `All ${inputs.train.meta.rows} training rows lack it.`,
    nextStep: 'Check the target column and the missing tokens of the data.',
    details: { column: goal.target },
  })
}

function report(reading: TargetReading, ctx: StageContext): void {
  const { target, missing, note } = reading
  if (missing > 0) ctx.log.warn(`${missing} training row${missing === 1 ? '' : 's'} without a target ${missing === 1 ? 'is' : 'are'} left out`)
  if (note !== undefined) ctx.log.info(note)
  if (target.kind !== 'classes') return
  const summary = summariseTarget(target)
  const single = target.classes.filter((_, index) => summary.kind === 'classes' && summary.counts[index] === 1)
  for (const name of single) ctx.log.warn(`Class "${name}" has a single training row: it can hardly be learnt, and cannot be cross-validated`)
}

function rowsOf(sample: RowSample | undefined): { rows?: RowSample } {
  return sample === undefined ? {} : { rows: sample }
}

async function readSpec(artifact: Artifact<'recipe'>, ctx: StageContext): Promise<RecipeSpec> {
  const text = new TextDecoder().decode(await ctx.readFile(artifact, 'recipe.json'))
  return recipeSpecSchema.parse(JSON.parse(text))
}

/** What holds the training rows together, where the data was split by groups or by time: folds are made alike. */
async function readArrangement(train: Artifact<'dataset'>, rows: Int32Array, sample: RowSample | undefined, ctx: StageContext): Promise<Arrangement | undefined> {
  const { split, schema } = train.meta
  if (split === undefined) return undefined
  const name = 'group' in split ? split.group : split.time
  const column = schema.columns.find((candidate) => candidate.name === name)
  if (column === undefined) return undefined
  const as = 'group' in split ? 'category' : 'number'
  const found = columnOf(await loadTable(ctx.data, join(train.path, 'data.parquet'), [{ schema: column, as }], rowsOf(sample)), name)
  ctx.log.info('group' in split ? `Cross-validation keeps the groups of "${name}" whole.` : `Cross-validation learns from earlier rows by "${name}" and tests on later ones.`)
  if (found.kind === 'category') return { kind: 'groups', codes: rows.map((row) => (found.codes[row] as number) + 1) } // 0: rows without a group
  return found.kind === 'number' ? { kind: 'time', values: Float64Array.from(rows, (row) => found.values[row] as number) } : undefined
}

/** Validation rows with a target that the training rows have too, in the columns of the training rows. */
async function readValidation(data: Artifact<'dataset'>, goal: Goal, reads: readonly ColumnRead[], learnt: Target, sample: RowSample | undefined, ctx: StageContext): Promise<Judges> {
  const { columns } = data.meta.schema
  const lacking = [goal.target, ...reads.map(({ schema }) => schema.name)].find((name) => !columns.some((column) => column.name === name))
  if (lacking !== undefined) throw lacksColumn(lacking)
  const parquet = join(data.path, 'data.parquet')
  const schema = columns.find(({ name }) => name === goal.target) as ColumnSchema
  const truth = columnOf(await loadTable(ctx.data, parquet, [{ schema, as: goal.task === 'regression' ? 'number' : 'category' }], rowsOf(sample)), goal.target)
  const { target, rows, missing, unseen } = targetOf(goal, truth, learnt.kind === 'classes' ? learnt.classes : undefined)
  if (rows.length === 0) throw noValidationTarget(goal.target)
  if (missing > 0) ctx.log.warn(`${missing} validation rows without a target are left out`)
  for (const { value, rows: count } of unseen) ctx.log.warn(`${count} validation rows of class "${value}", which no training row has, are left out`)
  ctx.log.info(`Judges by ${rows.length.toLocaleString('en')} validation rows in place of folds of the training rows.`)
  const table = await loadTable(ctx.data, parquet, reads, rowsOf(sample))
  return { table: rows.length === table.rows ? table : selectRows(table, rows), target }
}

function lacksColumn(column: string): MillraceError {
  return new MillraceError({
    code: 'invalid-data',
    headline: `The validation rows have no column "${column}"`,
    message: 'The training rows have it, and a model that reads it cannot be judged without it.',
    nextStep: 'Split the data after the step that makes or drops the column, or take `validation` out of prepare/split.',
    details: { column },
  })
}

function noValidationTarget(target: string): MillraceError {
  return new MillraceError({
    code: 'invalid-data',
    headline: 'No validation row can be judged by',
    message: `Every one of them lacks "${target}", or has a class that no training row has.`,
    nextStep: 'Set aside more rows for validation, or none.',
    details: { column: target },
  })
}

/** Rows to read of each dataset; undefined: all. */
export type Samples = { readonly train: RowSample | undefined; readonly validation: RowSample | undefined }

/** Training rows with a target, in memory: every column that the recipe prepares for any of the estimators; all rows, or a sample of them. Likewise the validation rows. */
export async function readTrainingSet(inputs: Inputs, goal: Goal, able: readonly Estimator[], samples: Samples, ctx: StageContext): Promise<TrainingSet> {
  const { train: sample } = samples
  const reading = await readTarget(inputs, goal, sample, ctx)
  report(reading, ctx)
  const spec = await readSpec(inputs.recipe, ctx)
  const steps = able.flatMap(({ accepts }) => expandRecipe(spec, accepts, goal, { rows: reading.rows.length }))
  const reads = stepColumns(steps, spec.columns)
  const table = await loadTable(ctx.data, join(inputs.train.path, 'data.parquet'), reads, rowsOf(sample))
  const set = { goal, spec, table: reading.rows.length === table.rows ? table : selectRows(table, reading.rows), target: reading.target }
  if (inputs.validation !== undefined) return { ...set, validation: await readValidation(inputs.validation, goal, reads, reading.target, samples.validation, ctx) }
  const arrangement = await readArrangement(inputs.train, reading.rows, sample, ctx)
  return arrangement === undefined ? set : { ...set, arrangement }
}
