import { sharedFloat32, type Column } from '../../table/column.ts'
import type { Matrix, MatrixColumn } from '../../table/matrix.ts'
import { columnOf, type Table } from '../../table/table.ts'
import { FLOAT32_MAX } from '../transforms/clip.ts'
import { applyChain, readAs } from './chain.ts'
import { outputsOf, usesOf } from './fitted-chain.ts'
import type { FittedRecipe } from './recipe.ts'

function matrixColumnOf(column: Column, source: string): MatrixColumn {
  if (column.kind === 'number') return { name: column.name, source, kind: 'numeric' }
  return { name: column.name, source, kind: 'categorical', cardinality: column.categories.length }
}

/** Columns of the matrix that `applyRecipe` makes, in order. */
export function outputColumns(fitted: FittedRecipe): MatrixColumn[] {
  return fitted.steps.flatMap((step) => outputsOf(step).map((column) => matrixColumnOf(column, step.column)))
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

/**
 * The matrix of `table`'s rows: float32, column after column, on shared memory; the columns are those of `outputColumns`. Never throws on cells
 * that fitting did not see: levels follow their transform's rule and numbers stay finite. `table` holds the columns of `recipeColumns`.
 */
export function applyRecipe(fitted: FittedRecipe, table: Table): Matrix {
  const columns = outputColumns(fitted)
  const data = sharedFloat32(table.rows * columns.length)
  let next = 0
  for (const step of fitted.steps) {
    const source = readAs(columnOf(table, step.column), step.as)
    for (const column of applyChain(source, usesOf(step))) {
      write(column, data.subarray(next * table.rows, (next + 1) * table.rows))
      next++
    }
  }
  return { rows: table.rows, columns, data }
}
