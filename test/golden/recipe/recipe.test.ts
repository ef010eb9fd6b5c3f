import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { applyRecipe, createRecipeSpec, expandRecipe, fitRecipe } from '../../../src/main/learn/recipe/index.ts'
import { fittedRecipeSchema } from '../../../src/main/learn/recipe/recipe.ts'
import { matrixColumn, type Matrix } from '../../../src/main/table/matrix.ts'
import { aboutNumbers, categories, numbers, schemaOf } from '../../unit/learn/columns.ts'

function read<T>(name: string, schema: z.ZodType<T>): T {
  return schema.parse(JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8')))
}

const numberCells = z.array(z.number().nullable())
const textCells = z.array(z.string().nullable())
const matrixSchema = z.record(z.string(), numberCells)

/** Cells by column name; null is NaN. */
function cells(matrix: Matrix): Record<string, (number | null)[]> {
  return Object.fromEntries(matrix.columns.map(({ name }, index) => [name, Array.from(matrixColumn(matrix, index), (cell) => (Number.isNaN(cell) ? null : cell))]))
}

describe('preset auto for estimators that draw lines', () => {
  test('agrees with scikit-learn\'s imputer, scaler and encoder', () => {
    const tableSchema = z.object({ size: numberCells, weight: numberCells, colour: textCells })
    const golden = read('lines.json', z.object({ training: tableSchema, rows: tableSchema, matrix: matrixSchema }))
    const tableOf = ({ size, weight, colour }: z.infer<typeof tableSchema>) => ({
      rows: size.length,
      columns: [numbers('size', size), numbers('weight', weight), categories('colour', colour)],
    })
    const columns = [schemaOf('size', 'decimal'), schemaOf('weight', 'decimal'), schemaOf('colour', 'category', { distinct: 5 })]
    const training = tableOf(golden.training)
    const spec = createRecipeSpec(columns, { preset: 'auto', drop: [], columns: {} })
    const steps = expandRecipe(spec, { missing: false, categorical: false, scaled: true, sparse: false }, { task: 'regression', target: 'price' }, { rows: training.rows })
    const found = cells(applyRecipe(fitRecipe(steps, columns, training, aboutNumbers(training.rows)).recipe, tableOf(golden.rows)))
    expect(Object.keys(found).toSorted()).toEqual(Object.keys(golden.matrix).toSorted())
    for (const [name, expected] of Object.entries(golden.matrix)) {
      // Single precision: seven digits.
      expected.forEach((cell, row) => { expect(found[name]?.[row], `${name}, row ${row}`).toBeCloseTo(cell ?? Number.NaN, 5) })
    }
  })
})

describe('a recipe that was saved in format version 1', () => {
  const saved = z.object({ recipe: fittedRecipeSchema, matrix: matrixSchema })
  const golden = read('saved-v1.json', z.object({ rows: z.object({ age: numberCells, plan: textCells, at: numberCells }), trees: saved, lines: saved }))
  const table = { rows: 4, columns: [numbers('age', golden.rows.age), categories('plan', golden.rows.plan), numbers('at', golden.rows.at)] }

  test.each([['trees', golden.trees], ['lines', golden.lines]] as const)('still gives the same numbers (%s)', (_name, { recipe, matrix }) => {
    expect(cells(applyRecipe(recipe, table))).toEqual(matrix)
  })
})
