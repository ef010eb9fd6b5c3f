import { describe, expect, test } from 'vitest'
import { createRecipeSpec, expandRecipe, leftOutColumns } from '../../../../src/main/learn/recipe/index.ts'
import type { RecipeWishes } from '../../../../src/main/learn/recipe/index.ts'
import { toErrorData } from '../../../../src/shared/errors.ts'
import { schemaOf } from '../columns.ts'

const trees = { missing: true, categorical: true, scaled: false, sparse: false }
const lines = { missing: false, categorical: false, scaled: true, sparse: false }
const networks = { missing: false, categorical: true, scaled: true, sparse: false }
const goal = { task: 'binary-classification', target: 'churn' } as const

const columns = [
  schemaOf('customerID', 'text', { role: 'identifier', reason: 'every value is different' }),
  schemaOf('tenure', 'integer'),
  schemaOf('charge', 'decimal', { missing: 4 }),
  schemaOf('pain', 'integer', { distinct: 5 }),
  schemaOf('senior', 'boolean', { distinct: 2 }),
  schemaOf('contract', 'category', { distinct: 3 }),
  schemaOf('joined', 'datetime'),
  schemaOf('notes', 'text'),
  schemaOf('country', 'category', { role: 'ignore', reason: 'it holds one value' }),
  schemaOf('churn', 'boolean', { role: 'target', distinct: 2 }),
]

function spec(wishes: Partial<RecipeWishes> = {}) {
  return createRecipeSpec(columns, { preset: 'auto', drop: [], columns: {}, ...wishes })
}

/** One line per step: how the column is read, then its transforms. */
function lineOf(step: ReturnType<typeof expandRecipe>[number]): string {
  return `${step.column} as ${step.as}: ${step.transforms.map(({ transform }) => transform).join(', ')}`
}

function errorOf(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    const { code, headline, message } = toErrorData(error)
    return `${code}: ${headline}. ${message}`
  }
  return 'no error'
}

describe('preset auto', () => {
  test('an estimator that takes missing values and categories gets numbers as they are and codes', () => {
    expect(expandRecipe(spec(), trees, goal, { rows: 1000 }).map(lineOf)).toEqual([
      'tenure as number: ',
      'charge as number: ',
      'pain as number: ',
      'senior as category: ordinal',
      'contract as category: ordinal',
      'joined as number: date-parts',
      'notes as category: text-components',
      'notes as category: text-statistics',
    ])
  })

  test('an estimator that draws lines gets scaled numbers without gaps, marks of the gaps, and a column per level', () => {
    expect(expandRecipe(spec(), lines, goal, { rows: 1000 }).map(lineOf)).toEqual([
      'tenure as number: yeo-johnson, clip, impute, scale',
      'tenure as number: missing-indicator',
      'charge as number: yeo-johnson, clip, impute, scale',
      'charge as number: missing-indicator',
      'pain as number: yeo-johnson, clip, impute, scale',
      'pain as number: missing-indicator',
      'pain as number: one-hot',
      'senior as category: one-hot',
      'contract as category: one-hot',
      'joined as number: date-parts, clip, impute, scale',
      'joined as number: date-parts, one-hot',
      'joined as number: cyclic, impute',
      'joined as number: missing-indicator',
      'notes as category: text-components, clip, scale',
      'notes as category: text-statistics, clip, impute, scale',
    ])
  })

  test('an estimator that accepts sparse columns gets words and characters of texts, and wide one-hots', () => {
    const steps = expandRecipe(spec(), { ...lines, sparse: true }, goal, { rows: 1000 })
    expect(steps.map(lineOf).slice(-2)).toEqual(['notes as category: tf-idf', 'notes as category: tf-idf'])
    const wide = createRecipeSpec([schemaOf('town', 'category', { distinct: 900 })], { preset: 'auto', drop: [], columns: {} })
    expect(expandRecipe(wide, { ...lines, sparse: true }, goal, { rows: 5000 })[0]?.transforms).toEqual([{ transform: 'one-hot', params: { minCount: 3, maxLevels: 20_000, sparse: 'wide' } }])
    expect(expandRecipe(wide, lines, goal, { rows: 5000 })[0]?.transforms).toEqual([{ transform: 'one-hot', params: { minCount: 3 } }])
  })

  test('a million texts have no runs of characters: they would not fit into memory', () => {
    const steps = expandRecipe(spec(), { ...lines, sparse: true }, goal, { rows: 1_000_000 })
    expect(steps.filter(({ column }) => column === 'notes').map(lineOf)).toEqual(['notes as category: tf-idf'])
  })

  test('target, identifiers, ignored columns and free text stay out, and it is said why', () => {
    expect(leftOutColumns(spec({ drop: ['tenure'] }), goal)).toEqual([
      { column: 'customerID', reason: 'its role is identifier: every value is different' },
      { column: 'tenure', reason: 'the recipe drops it' },
      { column: 'country', reason: 'its role is ignore: it holds one value' },
      { column: 'churn', reason: 'it is the target' },
    ])
  })

  test('the target stays out whatever its role', () => {
    const other = { task: 'regression', target: 'charge' } as const
    expect(expandRecipe(spec(), trees, other, { rows: 10 }).map(({ column }) => column)).toEqual(['tenure', 'pain', 'senior', 'contract', 'joined', 'notes', 'notes'])
  })
})

describe('preset none', () => {
  test('columns enter as they are, with only what the estimator cannot do without', () => {
    const none = spec({ preset: 'none', drop: ['joined'] })
    expect(expandRecipe(none, trees, goal, { rows: 10 }).map(lineOf)).toEqual([
      'tenure as number: ',
      'charge as number: ',
      'pain as number: ',
      'senior as category: ordinal',
      'contract as category: ordinal',
    ])
    expect(expandRecipe(none, lines, goal, { rows: 10 }).map(lineOf)).toEqual([
      'tenure as number: impute',
      'charge as number: impute',
      'pain as number: impute',
      'senior as category: one-hot',
      'contract as category: one-hot',
    ])
  })
})

describe('overrides', () => {
  test('take the place of the preset; what the estimator needs is added', () => {
    const chosen = spec({ columns: { charge: ['scale'], contract: [{ transform: 'impute', params: { strategy: 'most-frequent' } }], pain: ['one-hot'] } })
    const wanted = (accepts: typeof trees): string[] =>
      expandRecipe(chosen, accepts, goal, { rows: 10 })
        .filter(({ column }) => ['charge', 'contract', 'pain'].includes(column))
        .map(lineOf)
    expect(wanted(trees)).toEqual(['charge as number: scale', 'pain as category: one-hot', 'contract as category: impute, ordinal'])
    expect(wanted(lines)).toEqual(['charge as number: scale, impute', 'pain as category: one-hot', 'contract as category: impute, one-hot'])
  })

  test('codes of two levels are numbers for estimators that take missing ones, for others categories: a level that was never seen is a missing code', () => {
    const params = (accepts: typeof trees): unknown => expandRecipe(spec(), accepts, goal, { rows: 1000 }).find(({ column }) => column === 'senior')?.transforms.at(-1)?.params
    expect([params(trees), params(networks)]).toEqual([{ as: 'number' }, {}])
  })

  test('bring in an identifier, an ignored column or a text, but never the target', () => {
    const chosen = spec({ columns: { customerID: ['ordinal'], notes: ['one-hot'] } })
    expect(expandRecipe(chosen, trees, goal, { rows: 10 }).map(lineOf)).toEqual(
      expect.arrayContaining(['customerID as category: ordinal', 'notes as category: one-hot']),
    )
    const leak = spec({ columns: { churn: ['ordinal'] } })
    expect(errorOf(() => expandRecipe(leak, trees, goal, { rows: 10 }))).toContain('invalid-parameter: The target "churn" cannot be a feature')
  })

  test('unknown columns, transforms and parameters are errors with a suggestion', () => {
    expect(errorOf(() => spec({ drop: ['customerid'] }))).toContain('There is no column "customerid". `drop` names the column "customerid", which the data does not have. Did you mean "customerID"?')
    expect(errorOf(() => spec({ columns: { tenur: ['scale'] } }))).toContain('Did you mean "tenure"?')
    expect(errorOf(() => spec({ columns: { tenure: ['scael'] } }))).toContain('There is no transform "scael". The recipe asks for the transform "scael" on column "tenure". Did you mean "scale"?')
    expect(errorOf(() => spec({ columns: { tenure: [{ transform: 'scale', params: { method: 'loud' } }] } }))).toContain('has a parameter that it does not take')
    expect(errorOf(() => spec({ drop: ['zzzzzzzz'] }))).not.toContain('Did you mean')
  })
})

test('columns may have the names of an object\'s own members', () => {
  const hostile = ['constructor', '__proto__', 'toString', 'a"b\n', "'; DROP TABLE x; --"].map((name) => schemaOf(name, 'integer'))
  const made = createRecipeSpec(hostile, { preset: 'auto', drop: ['toString'], columns: { constructor: ['scale'] } })
  expect(expandRecipe(made, trees, goal, { rows: 10 }).map(lineOf)).toEqual([
    'constructor as number: scale',
    '__proto__ as number: ',
    'a"b\n as number: ',
    "'; DROP TABLE x; -- as number: ",
  ])
})
