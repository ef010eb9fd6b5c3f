import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TableSchema } from '#shared/domain/schema.ts'
import type { Goal } from '#shared/domain/task.ts'
import type { MethodOutput } from '#shared/contract/index.ts'
import { MillraceError } from '#shared/errors.ts'
import { createRng } from '../../base/rng.ts'
import { loadTable } from '../../data/load-table.ts'
import { openDataEngine } from '../../data/open-engine.ts'
import { targetOf } from '../../learn/model/index.ts'
import { createRecipeSpec, describeRecipe, expandRecipe, fitRecipe, outputColumns, type FittedToRows } from '../../learn/recipe/index.ts'
import { naturalKind } from '../../learn/recipe/columns.ts'
import { sourceColumn } from '../../learn/recipe/source-column.ts'
import { selectRows, columnOf, type Table } from '../../table/table.ts'
import type { Column } from '../../table/column.ts'
import type { Matrix, Target } from '../../table/matrix.ts'
import type { Job } from '../../workers/job.ts'
import { distributionOf, numbersOf, type Marks } from './distribution.ts'
import { recipeWishes } from './recipe-wishes.ts'

/** What is asked of a recipe: its whole fit, one column before and after, the columns as they are, or a formula. */
export type RecipeQuestion =
  | { readonly kind: 'fit' }
  | { readonly kind: 'preview'; readonly column: string }
  | { readonly kind: 'distributions' }
  | { readonly kind: 'formula'; readonly name: string; readonly text: string }

/** A question about a recipe over a dataset. */
export type RecipeJobInput = {
  readonly parquet: string
  readonly schema: TableSchema
  readonly rows: number
  readonly goal: Goal
  /** Of the recipe's step. */
  readonly params: Readonly<Record<string, unknown>>
  readonly question: RecipeQuestion
  /** For DuckDB. */
  readonly memoryBytes: number
  readonly threads: number
}

/** Rows that a preview is fitted on at most; spread evenly over the data. */
const MOST_ROWS = 20_000
const SEED = 42
/** Model inputs of one column that a preview draws, and rows that it shows. */
const SHOWN_INPUTS = 6
const SHOWN_ROWS = 6

/** What every estimator understands: numbers without gaps, so that a preview shows all that a column may become. */
const PLAIN_NUMBERS = { missing: false, categorical: false, scaled: true, sparse: false }

type Loaded = { readonly key: string; readonly table: Table; readonly target: Target; readonly marks: Marks }

/** The table that was looked at last: one recipe is asked about many times. */
let kept: Loaded | undefined

async function load(input: RecipeJobInput): Promise<Loaded> {
  const key = JSON.stringify([input.parquet, input.goal])
  if (kept?.key === key) return kept
  const { schema, goal } = input
  const folder = await mkdtemp(join(tmpdir(), 'millrace-features-'))
  const engine = await openDataEngine({ memoryBytes: input.memoryBytes, threads: input.threads, temporaryFolder: folder })
  try {
    const reads = schema.columns.map((column) => ({ schema: column, as: column.name === goal.target ? targetKind(goal) : naturalKind(column.type) }))
    const table = await loadTable(engine, input.parquet, reads, { rows: { wanted: MOST_ROWS, seed: SEED } })
    const reading = targetOf(goal, columnOf(table, goal.target), undefined)
    const { target } = reading
    const marks = target.kind === 'classes' && target.classes.length === 2 ? Uint8Array.from(target.codes, (code) => (code === 1 ? 1 : 0)) : undefined
    kept = { key, table: selectRows(table, reading.rows), target, marks }
    return kept
  } finally {
    await engine.close()
    await rm(folder, { recursive: true, force: true })
  }
}

function targetKind(goal: Goal): 'number' | 'category' {
  return goal.task === 'regression' ? 'number' : 'category'
}

function fitted({ schema, goal, params, rows }: RecipeJobInput, { table, target }: Loaded, only?: string): FittedToRows {
  const spec = createRecipeSpec(schema.columns, recipeWishes(params))
  const steps = expandRecipe(spec, PLAIN_NUMBERS, goal, { rows })
  const wanted = only === undefined ? steps : steps.filter(({ column }) => column === only)
  // What is done with the finished matrix (selection, components) needs all columns; one column is looked at before that.
  return fitRecipe(wanted, spec.columns, table, { target, rng: createRng(SEED) }, only === undefined ? spec.matrix : [])
}

function fitAnswer(input: RecipeJobInput, loaded: Loaded): Omit<MethodOutput<'features.fit'>, 'seconds'> {
  const { recipe } = fitted(input, loaded)
  const columns = outputColumns(recipe)
  const perColumn = new Map<string, number>()
  for (const { source } of columns) perColumn.set(source, (perColumn.get(source) ?? 0) + 1)
  return { rows: loaded.table.rows, of: input.rows, inputs: columns.length, lines: describeRecipe(recipe), outputs: [...perColumn].map(([column, inputs]) => ({ column, inputs })) }
}

function matrixValues({ rows, data }: Matrix, at: number): Float32Array {
  return data.subarray(at * rows, (at + 1) * rows)
}

function cellOf(column: Column, row: number): string | null {
  if (column.kind === 'category') return column.categories[column.codes[row] as number] ?? null
  const value = column.values[row] as number
  return Number.isNaN(value) ? null : String(value)
}

function previewAnswer(input: RecipeJobInput, loaded: Loaded, name: string): Omit<MethodOutput<'features.preview'>, 'seconds'> {
  const { table, marks } = loaded
  const spec = createRecipeSpec(input.schema.columns, recipeWishes(input.params))
  const step = expandRecipe(spec, PLAIN_NUMBERS, input.goal, { rows: input.rows }).find(({ column }) => column === name)
  const source = step === undefined ? columnOf(table, name) : sourceColumn(step, table)
  const facts = { rows: table.rows, of: input.rows, marked: markedClass(loaded), before: distributionOf(source, marks) }
  if (step === undefined) return { ...facts, after: [], inputs: 0, words: [], samples: [] }
  const { recipe, matrix } = fitted(input, loaded, name)
  const columns = outputColumns(recipe)
  const shown = columns.slice(0, Math.min(SHOWN_INPUTS, columns.length))
  const missing = Array.from({ length: table.rows }, (_, row) => row).find((row) => cellOf(source, row) === null)
  const rows = [...Array.from({ length: Math.min(SHOWN_ROWS, table.rows) }, (_, index) => Math.floor((index * table.rows) / SHOWN_ROWS)), ...(missing === undefined ? [] : [missing])]
  return {
    ...facts,
    after: shown.map((column, at) => ({ name: column.name, distribution: numbersOf(matrixValues(matrix, at), marks) })),
    inputs: columns.length,
    words: describeRecipe(recipe),
    samples: [...new Set(rows)].map((row) => ({ cell: cellOf(source, row), inputs: shown.map((_, at) => matrixValues(matrix, at)[row] as number) })),
  }
}

function markedClass({ target, marks }: Loaded): string | null {
  return target.kind === 'classes' && marks !== undefined ? (target.classes[1] ?? null) : null
}

function distributionsAnswer(input: RecipeJobInput, loaded: Loaded): MethodOutput<'features.distributions'> {
  const columns = loaded.table.columns.filter(({ name }) => name !== input.goal.target)
  return { rows: loaded.table.rows, of: input.rows, marked: markedClass(loaded), columns: columns.map((column) => ({ name: column.name, distribution: distributionOf(column, loaded.marks) })) }
}

function formulaAnswer(input: RecipeJobInput, loaded: Loaded, { name, text }: { name: string; text: string }): MethodOutput<'features.formula'> {
  try {
    const wishes = recipeWishes(input.params)
    const { [name]: _before, ...others } = wishes.formulas ?? {}
    const spec = createRecipeSpec(input.schema.columns, { ...wishes, drop: wishes.drop.filter((dropped) => dropped !== name), formulas: { ...others, [name]: text } })
    const step = expandRecipe(spec, PLAIN_NUMBERS, input.goal, { rows: input.rows }).find(({ column }) => column === name)
    if (step === undefined) return { problem: null, type: null, distribution: null }
    const column = sourceColumn(step, loaded.table)
    return { problem: null, type: column.kind === 'number' ? 'number' : 'category', distribution: distributionOf(column, loaded.marks) }
  } catch (error) {
    if (error instanceof MillraceError && error.data.code === 'invalid-parameter') return { problem: error.data.message, type: null, distribution: null }
    throw error
  }
}

/** Answers a question about a recipe on a sample of the rows that would train the model; nothing is kept but the table. */
const answerRecipe: Job<RecipeJobInput, unknown> = async (input, job) => {
  const startedAt = performance.now()
  const loaded = await load(input)
  job.signal.throwIfAborted()
  const { question } = input
  const seconds = (): number => (performance.now() - startedAt) / 1000
  if (question.kind === 'fit') return { ...fitAnswer(input, loaded), seconds: seconds() }
  if (question.kind === 'preview') return { ...previewAnswer(input, loaded, question.column), seconds: seconds() }
  return question.kind === 'distributions' ? distributionsAnswer(input, loaded) : formulaAnswer(input, loaded, question)
}

export default answerRecipe
