import { z } from 'zod'
import type { ColumnSchema } from '#shared/domain/schema.ts'
import type { Column } from '../../table/column.ts'
import type { Matrix } from '../../table/matrix.ts'
import type { Table } from '../../table/table.ts'
import type { TransformFit } from '../transform.ts'
import { aboutStep, trainingMatrix } from './apply.ts'
import { aboutUse, applyChain, takenBy, type FittedUse } from './chain.ts'
import { readsOf } from './columns.ts'
import { requireTransform } from './create.ts'
import { outputsOf } from './fitted-chain.ts'
import { fitMatrixSteps } from './matrix-steps.ts'
import { nothingLeft } from './nothing-left.ts'
import type { FittedRecipe, RecipeStep, TransformUse } from './recipe.ts'
import { sourceColumn } from './source-column.ts'

type FittedStep = FittedRecipe['steps'][number]

const paramsRecord = z.record(z.string(), z.unknown())

/** Why a column of these rows cannot help any model; undefined where it can. Missing beside one value is information. */
function emptyReason(column: Column): string | undefined {
  const cells = column.kind === 'number' ? column.values : column.codes
  const first = cells[0]
  if (first === undefined) return 'there are no training rows'
  for (let i = 1; i < cells.length; i++) if (!Object.is(cells[i], first) && cells[i] !== first) return undefined
  return Number.isNaN(first) || (column.kind === 'category' && first < 0)
    ? `it has no ${column.kind === 'number' ? 'number' : 'value'} in the training rows`
    : 'it holds one and the same value in all training rows'
}

function fitStep(step: RecipeStep, column: Column, about: TransformFit): FittedStep {
  const uses: FittedUse[] = []
  const transforms = step.transforms.map((use) => {
    const transform = requireTransform(use.transform, step.column)
    const params = transform.params.parse(use.params)
    const own = aboutUse(about, uses.length)
    // What comes before is applied as to training rows: a later transform must not learn from cells that saw their own target.
    const fitted = Array.from(applyChain(column, uses, about), (made, index) =>
      transform.fit(takenBy(made, transform), params, { ...own, rng: own.rng.fork(`column ${index}`) }),
    )
    uses.push({ transform, params, fitted })
    // With their defaults: a default that changes one day must not change a saved recipe.
    return { transform: use.transform, params: paramsRecord.parse(params), version: transform.version, fitted }
  })
  return { ...step, transforms }
}

/** A recipe and the matrix of the rows that it was fitted on. */
export type FittedToRows = { readonly recipe: FittedRecipe; readonly matrix: Matrix }

/**
 * Fits the steps of `expandRecipe`, and `uses`, what is done with the finished matrix, on the rows of `table` and their target (`about`), and nothing else. Columns that are constant or empty in these rows are left
 * out and named in `leftOut`, unless `keepConstant`. `input` holds at least the schemas of the columns that are read. The matrix is that of the training rows, in
 * which no cell has seen its row's own target. Throws MillraceError `invalid-data` where no column is left.
 */
export function fitRecipe(
  steps: readonly RecipeStep[], input: readonly ColumnSchema[], table: Table, about: TransformFit, uses: readonly TransformUse[] = [], keepConstant = false,
): FittedToRows {
  const { fitted, leftOut } = fitSteps(steps, table, about, keepConstant)
  if (fitted.length === 0) throw nothingLeft(leftOut, table.rows)
  const read = new Set(fitted.flatMap(readsOf).map(({ name }) => name))
  const before: FittedRecipe = { formatVersion: 2, input: input.filter(({ name }) => read.has(name)), steps: fitted, matrix: [], leftOut }
  const made = trainingMatrix(before, table, about)
  if (uses.length === 0) return { recipe: before, matrix: made }
  const finished = fitMatrixSteps(made, uses, about)
  return { recipe: { ...before, matrix: finished.steps }, matrix: finished.matrix }
}

function fitSteps(steps: readonly RecipeStep[], table: Table, about: TransformFit, keepConstant: boolean): { fitted: FittedStep[]; leftOut: FittedRecipe['leftOut'] } {
  const reasons = new Map<string, string>()
  const fitted: FittedStep[] = []
  for (const step of steps) {
    const column = sourceColumn(step, table)
    const reason = keepConstant && table.rows > 0 ? undefined : emptyReason(column)
    const candidate = reason === undefined ? fitStep(step, column, aboutStep(about, fitted.length)) : undefined
    // A step may come to nothing, as the mark of missing values does where none is missing.
    if (candidate !== undefined && outputsOf(candidate).length > 0) fitted.push(candidate)
    else reasons.set(step.column, reason ?? 'its transforms leave nothing of it')
  }
  const kept = new Set(fitted.map((step) => step.column))
  return { fitted, leftOut: [...reasons].filter(([column]) => !kept.has(column)).map(([column, reason]) => ({ column, reason })) }
}
