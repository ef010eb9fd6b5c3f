import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MillraceError, toErrorData } from '../../../../src/shared/errors.ts'
import type { ColumnSchema } from '../../../../src/shared/domain/schema.ts'
import { applyRecipe, createRecipeSpec, describeRecipe, expandRecipe, fitRecipe, outputColumns, recipeColumns, stepColumns } from '../../../../src/main/learn/recipe/index.ts'
import type { RecipeWishes } from '../../../../src/main/learn/recipe/index.ts'
import { fittedRecipeSchema } from '../../../../src/main/learn/recipe/recipe.ts'
import { createRng } from '../../../../src/main/base/rng.ts'
import type { Column } from '../../../../src/main/table/column.ts'
import { matrixColumn, type Matrix } from '../../../../src/main/table/matrix.ts'
import { selectRows, type Table } from '../../../../src/main/table/table.ts'
import { aboutNumbers, categories, numbers, schemaOf } from '../columns.ts'

const trees = { missing: true, categorical: true, scaled: false, sparse: false }
const lines = { missing: false, categorical: false, scaled: true, sparse: false }
const goal = { task: 'regression', target: 'y' } as const

function tableOf(...columns: readonly Column[]): Table {
  const [first] = columns
  return { rows: first === undefined ? 0 : first.kind === 'number' ? first.values.length : first.codes.length, columns }
}

function schemas(table: Table): ColumnSchema[] {
  return table.columns.map((column) => schemaOf(column.name, column.kind === 'number' ? 'decimal' : 'category'))
}

function fit(table: Table, accepts: typeof trees, wishes: Partial<RecipeWishes> = {}, input: ColumnSchema[] = schemas(table)) {
  const spec = createRecipeSpec(input, { preset: 'auto', drop: [], columns: {}, ...wishes })
  return fitRecipe(expandRecipe(spec, accepts, goal, { rows: table.rows }), input, table, aboutNumbers(table.rows)).recipe
}

/** Cells by column name; null is NaN. */
function cells(matrix: Matrix): Record<string, (number | null)[]> {
  return Object.fromEntries(
    matrix.columns.map(({ name }, index) => [name, Array.from(matrixColumn(matrix, index), (cell) => (Number.isNaN(cell) ? null : Math.round(cell * 1000) / 1000))]),
  )
}

describe('from a table to a matrix', () => {
  const table = tableOf(numbers('size', [1, 2, null, 3]), categories('colour', ['red', 'blue', null, 'red']))

  test('for trees: numbers as they are, codes of kind categorical, gaps as gaps', () => {
    const fitted = fit(table, trees)
    const matrix = applyRecipe(fitted, table)
    expect(matrix.columns).toEqual([
      { name: 'size', source: 'size', kind: 'numeric' },
      { name: 'colour', source: 'colour', kind: 'categorical', cardinality: 2 },
    ])
    expect(cells(matrix)).toEqual({ size: [1, 2, null, 3], colour: [0, 1, null, 0] })
    expect(matrix.data.buffer).toBeInstanceOf(SharedArrayBuffer)
    expect(outputColumns(fitted)).toEqual(matrix.columns)
  })

  test('for lines: no gaps, one scale, one column per level', () => {
    const more = tableOf(numbers('size', [1, 2, null, 3, 2, 2]), categories('colour', ['red', 'red', 'red', 'blue', 'blue', null]))
    const fitted = fit(more, lines)
    expect(cells(applyRecipe(fitted, tableOf(numbers('size', [null, 2, 3]), categories('colour', ['red', null, 'pink']))))).toEqual({
      size: [0, 0, 1.732],
      'size (missing)': [1, 0, 0],
      'colour = red': [1, 0, 0],
      'colour (rare)': [0, 0, 1],
      'colour (missing)': [0, 1, 0],
    })
    expect(describeRecipe(fitted)).toEqual([
      'size: not skewed, so as it is; kept between -46.96 and 50.96; missing values become 2 (median); less 2, divided by 0.57735',
      'size: "size (missing)" marks missing values',
      'colour (3 columns): one column for the one level, one for rare levels, one for missing',
    ])
  })

  test('zero rows and one row', () => {
    const fitted = fit(table, lines)
    expect(applyRecipe(fitted, selectRows(table, Int32Array.of())).data.length).toBe(0)
    const whole = cells(applyRecipe(fitted, table))
    const one = cells(applyRecipe(fitted, selectRows(table, Int32Array.of(2))))
    for (const [name, values] of Object.entries(one)) expect(values).toEqual([whole[name]?.[2]])
  })

  test('numbers that float32 cannot hold stay finite, in training and later', () => {
    const wild = tableOf(numbers('x', [1, 2, 3, 1e308, -1e308, Infinity]))
    for (const accepts of [trees, lines]) {
      const fitted = fit(wild, accepts)
      for (const value of applyRecipe(fitted, wild).data) expect(Number.isFinite(value)).toBe(true)
    }
    const calm = fit(tableOf(numbers('x', [1, 2, 3, 4])), lines)
    const [value] = applyRecipe(calm, tableOf(numbers('x', [1e308]))).data
    expect(value).toBeLessThan(1000)
  })

  test('a column is read once, however many steps start from it', () => {
    const input = [schemaOf('cylinders', 'integer', { distinct: 3 })]
    const fitted = fit(tableOf(numbers('cylinders', [4, 6, 8, 4, 6, 8, 4, 6, 8])), lines, {}, input)
    expect(recipeColumns(fitted)).toEqual([{ schema: input[0], as: 'number' }])
    expect(stepColumns(fitted.steps, input)).toEqual(recipeColumns(fitted))
    expect(outputColumns(fitted).map(({ name }) => name)).toEqual(['cylinders', 'cylinders = 4', 'cylinders = 6', 'cylinders = 8'])
  })

  test('text read where numbers are wanted, and the other way round', () => {
    const fitted = fit(tableOf(numbers('x', [1, 2, 3])), trees)
    expect(cells(applyRecipe(fitted, tableOf(categories('x', ['2', 'two', null]))))).toEqual({ x: [2, null, null] })
  })
})

describe('columns that carry nothing', () => {
  test('constant and empty ones are left out, each with its reason', () => {
    const fitted = fit(tableOf(numbers('x', [1, 2]), numbers('same', [5, 5]), numbers('empty', [null, null]), categories('void', [null, null])), lines)
    expect(fitted.input.map(({ name }) => name)).toEqual(['x'])
    expect(fitted.leftOut).toEqual([
      { column: 'same', reason: 'it holds one and the same value in all training rows' },
      { column: 'empty', reason: 'it has no number in the training rows' },
      { column: 'void', reason: 'it has no value in the training rows' },
    ])
    expect(describeRecipe(fitted)).toContain('same: left out, it holds one and the same value in all training rows')
  })

  test('they stay where each column has its place', () => {
    const table = tableOf(numbers('x', [1, 2]), numbers('same', [5, 5]), numbers('empty', [null, null]))
    const pixels = { ...trees, categorical: false }
    const spec = createRecipeSpec(schemas(table), { preset: 'auto', drop: [], columns: {} })
    const { recipe, matrix } = fitRecipe(expandRecipe(spec, pixels, goal, { rows: 2 }), schemas(table), table, aboutNumbers(2), [], true)
    expect(recipe.leftOut).toEqual([])
    expect(cells(matrix)).toEqual({ x: [1, 2], same: [5, 5], empty: [null, null] })
  })

  test('one value and gaps is information', () => {
    expect(cells(applyRecipe(fit(tableOf(numbers('x', [1, null])), lines), tableOf(numbers('x', [1, null]))))).toEqual({ x: [0, 0], 'x (missing)': [0, 1] })
  })

  test('nothing left is an error that says why', () => {
    const nothing = (work: () => unknown): unknown => {
      try {
        work()
      } catch (error) {
        expect(error).toBeInstanceOf(MillraceError)
        const { code, headline, message } = toErrorData(error)
        return { code, headline, message }
      }
      return undefined
    }
    const expected = { code: 'invalid-data', headline: 'No column is left to learn from' }
    expect(nothing(() => fit(tableOf(numbers('x', [5, 5])), trees))).toMatchObject({ ...expected, message: expect.stringContaining('"x": it holds one and the same value') as string })
    expect(nothing(() => fit(tableOf(numbers('x', [1, 2])), trees, { drop: ['x'] }))).toMatchObject({ ...expected, message: 'The recipe lets no column into the model. "x": the recipe drops it.' })
    expect(nothing(() => fit(tableOf(numbers('x', [1, 2])), trees, { columns: { x: ['drop'] } }))).toMatchObject({ ...expected, message: expect.stringContaining('leave nothing') as string })
  })
})

describe('no leak', () => {
  const number = fc.oneof(fc.constant(null), fc.double({ noNaN: true }))
  const text = fc.oneof(fc.constant(null), fc.constantFrom('a', 'b', 'c', 'd'))
  const row = fc.tuple(number, text, fc.integer({ min: 0, max: 4e12 }))
  const table = (rows: readonly [number | null, string | null, number][]): Table =>
    tableOf(numbers('n', rows.map((cells) => cells[0])), categories('c', rows.map((cells) => cells[1])), numbers('d', rows.map((cells) => cells[2])))
  const input = [schemaOf('n', 'decimal'), schemaOf('c', 'category'), schemaOf('d', 'datetime')]

  test.each([['trees', trees], ['lines', lines]] as const)('held-out rows do not change what is fitted for %s', (_name, accepts) => {
    const training: [number | null, string | null, number][] = [[1, 'a', 0], [2, 'b', 1e12], [null, null, 2e12], [5, 'a', 3e12], [9, 'c', 4e11]]
    const index = Int32Array.from(training, (_row, at) => at)
    const steps = expandRecipe(createRecipeSpec(input, { preset: 'auto', drop: [], columns: {} }), accepts, goal, { rows: 5 })
    const alone = fitRecipe(steps, input, table(training), aboutNumbers(training.length)).recipe
    fc.assert(
      fc.property(fc.array(row, { maxLength: 20 }), (heldOut) => {
        expect(fitRecipe(steps, input, selectRows(table([...training, ...heldOut]), index), aboutNumbers(training.length)).recipe).toEqual(alone)
      }),
    )
  })

  test('the order of the training rows does not matter to levels and codes', () => {
    const rng = createRng(3)
    const column = categories('c', Array.from({ length: 200 }, () => 'abcdefgh'[rng.below(8)] ?? null))
    const shuffled = selectRows(tableOf(column), rng.shuffle(Int32Array.from({ length: 200 }, (_, row) => row)))
    const rebuilt = tableOf(categories('c', Array.from((shuffled.columns[0] as typeof column).codes, (code) => column.categories[code] ?? null)))
    for (const accepts of [trees, lines]) expect(fit(rebuilt, accepts)).toEqual(fit(tableOf(column), accepts))
  })
})

describe('saved and read again', () => {
  const table = tableOf(numbers('size', [1, 2, null, 3]), categories('colour', ['red', 'blue', null, 'red']))

  test('gives the same matrix', () => {
    for (const accepts of [trees, lines]) {
      const fitted = fit(table, accepts)
      const again = fittedRecipeSchema.parse(JSON.parse(JSON.stringify(fitted)))
      expect(again).toEqual(fitted)
      expect(applyRecipe(again, table)).toEqual(applyRecipe(fitted, table))
    }
  })

  test('a transform of a newer version, or of none, is refused', () => {
    const fitted = fit(table, lines)
    const [step] = fitted.steps
    const [use] = step?.transforms ?? []
    if (step === undefined || use === undefined) throw new Error('no step')
    const refused = (changed: typeof use): string => {
      try {
        applyRecipe({ ...fitted, steps: [{ ...step, transforms: [changed] }] }, table)
      } catch (error) {
        return toErrorData(error).code
      }
      return 'no error'
    }
    expect(refused({ ...use, version: 99 })).toBe('newer-version')
    expect(refused({ ...use, transform: 'sorcery' })).toBe('newer-version')
    expect(refused({ ...use, fitted: [{ lower: 'low' }] })).toBe('corrupt')
  })
})
