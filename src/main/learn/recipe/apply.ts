import { sharedFloat32, type Column } from '../../table/column.ts'
import type { Matrix, MatrixColumn } from '../../table/matrix.ts'
import type { Table } from '../../table/table.ts'
import type { TransformFit } from '../transform.ts'
import { FLOAT32_MAX } from '../transforms/clip.ts'
import { applyChain, type Made } from './chain.ts'
import { outputsOf, usesOf } from './fitted-chain.ts'
import { applyMatrixSteps } from './matrix-steps.ts'
import type { FittedRecipe } from './recipe.ts'
import { sourceColumn } from './source-column.ts'
import { joinSparse } from './sparse-block.ts'

function matrixColumnOf(column: Column, source: string): MatrixColumn {
  if (column.kind === 'number') return { name: column.name, source, kind: 'numeric' }
  return { name: column.name, source, kind: 'categorical', cardinality: column.categories.length }
}

type Outputs = { readonly dense: readonly MatrixColumn[]; readonly sparse: readonly MatrixColumn[] }

/** A served model asks for the same columns with every request, and texts make tens of thousands. */
const known = new WeakMap<FittedRecipe, Outputs>()

function outputs(fitted: FittedRecipe): Outputs {
  const found = known.get(fitted)
  if (found !== undefined) return found
  const dense: MatrixColumn[] = []
  const sparse: MatrixColumn[] = []
  for (const step of fitted.steps) {
    for (const made of outputsOf(step)) {
      if (made.kind === 'sparse') for (const name of made.names) sparse.push({ name, source: step.column, kind: 'numeric' })
      else dense.push(matrixColumnOf(made, step.column))
    }
  }
  known.set(fitted, { dense, sparse })
  return { dense, sparse }
}

const finished = new WeakMap<FittedRecipe, readonly MatrixColumn[]>()

/** Columns of the matrix that `applyRecipe` makes, in order: the dense ones of all steps, then the sparse ones of all steps. */
export function outputColumns(fitted: FittedRecipe): readonly MatrixColumn[] {
  const found = finished.get(fitted)
  if (found !== undefined) return found
  const { columns } = applyMatrixSteps(emptyMatrix(outputs(fitted)), fitted.matrix)
  finished.set(fitted, columns)
  return columns
}

/** What the steps of a fitted recipe make of no rows: the columns before anything is done with the finished matrix. */
export function emptyMatrixOf(fitted: FittedRecipe): Matrix {
  return emptyMatrix(outputs(fitted))
}

function emptyMatrix({ dense, sparse }: Outputs): Matrix {
  const none = { rows: 0, columns: [...dense, ...sparse], data: new Float32Array(0) }
  if (sparse.length === 0) return none
  return { ...none, sparse: { starts: new Int32Array(sparse.length + 1), rows: new Int32Array(0), values: new Float32Array(0) } }
}

function write(column: Column, into: Float32Array): void {
  if (column.kind === 'category') {
    for (let i = 0; i < into.length; i++) {
      const code = column.codes[i] as number
      into[i] = code < 0 ? Number.NaN : code
    }
    return
  }
  for (let i = 0; i < into.length; i++) {
    const value = column.values[i] as number
    // Rounding to float32 would make infinity of these.
    into[i] = value > FLOAT32_MAX ? FLOAT32_MAX : value < -FLOAT32_MAX ? -FLOAT32_MAX : value
  }
}

/** Randomness of a step while its recipe is fitted: named after its place, so that steps do not change each other. */
export function aboutStep({ target, rng }: TransformFit, place: number): TransformFit {
  return { target, rng: rng.fork(`step ${place}`) }
}

function matrixOf(fitted: FittedRecipe, table: Table, about?: TransformFit): Matrix {
  const { dense, sparse } = outputs(fitted)
  const data = sharedFloat32(table.rows * dense.length)
  const blocks: Extract<Made, { kind: 'sparse' }>[] = []
  let next = 0
  for (const [place, step] of fitted.steps.entries()) {
    const source = sourceColumn(step, table)
    for (const made of applyChain(source, usesOf(step), about && aboutStep(about, place))) {
      if (made.kind === 'sparse') blocks.push(made)
      else write(made, data.subarray(next++ * table.rows, next * table.rows))
    }
  }
  if (blocks.length === 0) return { rows: table.rows, columns: dense, data }
  return { rows: table.rows, columns: [...dense, ...sparse], data, sparse: joinSparse(blocks.map(({ block }) => block)) }
}

/**
 * The matrix of `table`'s rows: float32, column after column, on shared memory; the columns are those of `outputColumns`. Never throws on cells
 * that fitting did not see: levels follow their transform's rule and numbers stay finite. `table` holds the columns of `recipeColumns`.
 */
export function applyRecipe(fitted: FittedRecipe, table: Table): Matrix {
  return applyMatrixSteps(matrixOf(fitted, table), fitted.matrix)
}

/**
 * The matrix that the steps make of the very rows that they were fitted on, `about` being what they were fitted with: no cell has seen its
 * row's own target. What is done with the finished matrix is not done yet.
 */
export function trainingMatrix(fitted: FittedRecipe, table: Table, about: TransformFit): Matrix {
  return matrixOf(fitted, table, about)
}
