import { describe, expect, test } from 'vitest'
import { createRng } from '../../../../src/main/base/rng.ts'
import { applyRecipe, createRecipeSpec, describeRecipe, expandRecipe, fitRecipe, outputColumns, recipeColumns, type RecipeWishes } from '../../../../src/main/learn/recipe/index.ts'
import { fittedRecipeSchema } from '../../../../src/main/learn/recipe/recipe.ts'
import type { TransformFit } from '../../../../src/main/learn/transform.ts'
import { denseColumns, matrixColumn } from '../../../../src/main/table/matrix.ts'
import { selectRows } from '../../../../src/main/table/table.ts'
import { toErrorData } from '../../../../src/shared/errors.ts'
import { aboutNumbers, categories, numbers, schemaOf, sparseCells } from '../columns.ts'

const trees = { missing: true, categorical: true, scaled: false, sparse: false }
const lines = { missing: false, categorical: false, scaled: true, sparse: true }
const goal = { task: 'regression', target: 'y' } as const
const columns = [
  schemaOf('weight', 'decimal'), schemaOf('height', 'decimal'), schemaOf('city', 'category', { distinct: 3 }), schemaOf('plan', 'category', { distinct: 2 }),
  schemaOf('notes', 'text'), schemaOf('y', 'decimal', { role: 'target' }),
]
const table = {
  rows: 6,
  columns: [
    numbers('weight', [80, 60, null, 70, 90, 50]), numbers('height', [180, 160, 170, 175, 190, 150]),
    categories('city', ['Oslo', 'Bergen', 'Oslo', null, 'Moss', 'Oslo']), categories('plan', ['a', 'b', 'a', 'b', 'a', 'b']),
    categories('notes', ['free money now', 'see you later', 'free free', null, 'money later', 'you']),
  ],
}

function fit(wishes: Partial<RecipeWishes>, accepts = trees, about: TransformFit = aboutNumbers(6)) {
  const spec = createRecipeSpec(columns, { preset: 'auto', drop: [], columns: {}, ...wishes })
  return fitRecipe(expandRecipe(spec, accepts, goal, { rows: 6 }), columns, table, about, spec.matrix)
}

function messageOf(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    return toErrorData(error).message
  }
  return 'no error'
}

describe('columns made of others', () => {
  const wishes = {
    drop: ['weight', 'height', 'notes', 'plan'],
    formulas: { bmi: 'weight / (height / 100)^2' },
    interactions: [{ columns: ['weight', 'height'], as: 'ratio' }, { columns: ['city', 'plan'] }] as const,
  }

  test('enter the matrix, and only what they read is asked for', () => {
    const { recipe, matrix } = fit(wishes)
    expect(matrix.columns.map(({ name, kind }) => `${name} ${kind}`)).toEqual(['city categorical', 'bmi numeric', 'weight ÷ height numeric', 'city & plan categorical'])
    expect(matrixColumn(matrix, 1)[0]).toBeCloseTo(24.69136, 4)
    expect(matrixColumn(matrix, 1)[2]).toBeNaN()
    expect(recipeColumns(recipe).map(({ schema, as }) => `${schema.name} ${as}`)).toEqual(['weight number', 'height number', 'city category', 'plan category'])
    expect(describeRecipe(recipe)).toContain('bmi = weight / (height / 100)^2: as it is')
  })

  test('are the same at predict, from a saved recipe', () => {
    const { recipe, matrix } = fit(wishes)
    const again = fittedRecipeSchema.parse(JSON.parse(JSON.stringify(recipe)))
    expect(applyRecipe(again, table)).toEqual(matrix)
    expect(outputColumns(again)).toEqual(matrix.columns)
  })

  test('may have transforms of their own, and may not know the target', () => {
    const { matrix } = fit({ ...wishes, columns: { bmi: ['log'] } })
    expect(matrixColumn(matrix, 1)[0]).toBeCloseTo(Math.log1p(24.69136), 4)
    expect(messageOf(() => fit({ formulas: { sure: 'y * 2' } }))).toContain('would know the answer')
    expect(messageOf(() => fit({ formulas: { city: 'height * 2' } }))).toContain('there is one of that name already')
    expect(messageOf(() => fit({ interactions: [{ columns: ['weight', 'hight'] }] }))).toContain('Did you mean "height"?')
    expect(messageOf(() => fit({ formulas: { bmi: 'weight / hight' } }))).toContain('near "hight"')
  })
})

describe('sparse columns', () => {
  test('come after the dense ones, in the order of outputColumns, at training and at predict', () => {
    const { recipe, matrix } = fit({ drop: ['weight', 'plan'] }, lines)
    const { sparse } = matrix
    if (sparse === undefined) throw new Error('no sparse block')
    expect(outputColumns(recipe)).toEqual(matrix.columns)
    expect(matrix.columns.slice(0, denseColumns(matrix)).map(({ source }) => source)).toEqual(['height', 'city', 'city', 'city'])
    const names = matrix.columns.slice(denseColumns(matrix)).map(({ name }) => name)
    expect(names.filter((name) => name.includes('has'))).toContain('notes has "free"')
    const cells = sparseCells({ names, rows: 6, block: sparse })
    expect(cells['notes has "free"']?.map((value) => value > 0)).toEqual([true, false, true, false, false, false])
    expect(sparse.values.buffer).toBeInstanceOf(SharedArrayBuffer)
    expect(applyRecipe(fittedRecipeSchema.parse(JSON.parse(JSON.stringify(recipe))), table)).toEqual(matrix)
    expect(describeRecipe(recipe).find((line) => line.startsWith('notes'))).toMatch(/^notes \(\d+ columns\): \d+ words and word pairs of text, weighted by TF-IDF$/)
  })

  test('never reach an estimator that does not accept them', () => {
    const dense = { ...lines, sparse: false }
    expect(fit({}, dense).matrix.sparse).toBeUndefined()
    const { recipe, matrix } = fit({ columns: { notes: [{ transform: 'tf-idf', params: { ngrams: [1, 1] } }], city: [{ transform: 'one-hot', params: { sparse: 'always' } }] } }, dense)
    expect(matrix.sparse).toBeUndefined()
    expect(recipe.steps.find(({ column }) => column === 'notes')?.transforms.map(({ transform }) => transform)).toEqual(['text-components'])
  })

  test('are the end of a chain: what cannot follow is said', () => {
    expect(messageOf(() => fit({ columns: { notes: ['tf-idf', 'scale'] } }, lines))).toContain('12 columns')
  })
})

describe('what is done with the finished matrix', () => {
  test('selection and components are fitted on training rows and saved', () => {
    const { recipe, matrix } = fit({ drop: ['notes'], select: { keep: 4 }, pca: { components: 1 } }, lines)
    expect(recipe.matrix.map(({ transform }) => transform)).toEqual(['selection', 'pca'])
    expect(matrix.columns).toHaveLength(1)
    const again = fittedRecipeSchema.parse(JSON.parse(JSON.stringify(recipe)))
    expect(applyRecipe(again, table)).toEqual(matrix)
    expect(applyRecipe(again, selectRows(table, Int32Array.of(2, 0))).data).toEqual(Float32Array.of(matrix.data[2] ?? 0, matrix.data[0] ?? 0))
    expect(describeRecipe(recipe).join('\n')).toMatch(/selection by mutual information with the target: 4 of \d+ columns stay .*\n1 principal component of 4 numeric columns, with \d+\.\d % of their variance/)
  })

  test('a parameter that does not exist is refused before anything is trained', () => {
    expect(messageOf(() => fit({ select: { kep: 4 } }))).toContain('kep')
    expect(messageOf(() => fit({ pca: { variance: 2 } }))).toContain('variance')
  })
})

describe('target encoding in a recipe', () => {
  test('no training row sees its own target, and other rows get the mean of all', () => {
    const rows = 400
    const rng = createRng(9)
    const ids = Array.from({ length: rows }, (_, row) => `id ${row >> 1}`)
    const noise = { rows, columns: [categories('id', ids)] }
    const target = { kind: 'numbers', values: Float64Array.from({ length: rows }, () => rng.normal()) } as const
    const input = [schemaOf('id', 'category', { distinct: rows / 2 })]
    const spec = createRecipeSpec(input, { preset: 'auto', drop: [], columns: { id: [{ transform: 'target-encode', params: { smoothing: 0 } }] } })
    const { recipe, matrix } = fitRecipe(expandRecipe(spec, trees, goal, { rows }), input, noise, { target, rng })
    const correlation = (cells: Float32Array): number => {
      const mean = cells.reduce((sum, value) => sum + value / rows, 0)
      const own = target.values.reduce((sum, value) => sum + value / rows, 0)
      let [xy, xx, yy] = [0, 0, 0]
      cells.forEach((value, row) => {
        const [dx, dy] = [value - mean, (target.values[row] ?? 0) - own]
        xy += dx * dy
        xx += dx * dx
        yy += dy * dy
      })
      return xy / Math.sqrt(xx * yy)
    }
    expect(Math.abs(correlation(matrixColumn(matrix, 0)))).toBeLessThan(0.2)
    expect(correlation(matrixColumn(applyRecipe(recipe, noise), 0))).toBeGreaterThan(0.6) // what training would have seen without folds
  })
})
