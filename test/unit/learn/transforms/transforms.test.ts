import { describe, expect, test } from 'vitest'
import { MillraceError } from '../../../../src/shared/errors.ts'
import { findTransform } from '../../../../src/main/learn/transforms/index.ts'
import type { Column } from '../../../../src/main/table/column.ts'
import { aboutNumbers, categories, madeCells, numbers } from '../columns.ts'

function use(id: string, params: object, training: Column) {
  const transform = findTransform(id)
  if (transform === undefined) throw new Error(id)
  const parsed = transform.params.parse(params)
  const fitted = transform.fit(training, parsed, aboutNumbers(training.kind === 'number' ? training.values.length : training.codes.length))
  return {
    fitted,
    words: transform.describe(training.name, parsed, fitted),
    on: (column: Column) => madeCells(transform.apply(column, parsed, fitted)),
  }
}

describe('impute', () => {
  test('median of the training rows, in new rows too', () => {
    const median = use('impute', {}, numbers('age', [1, null, 2, 40, 3]))
    expect(median.on(numbers('age', [null, 7]))).toEqual({ age: [2.5, 7] })
    expect(median.words).toBe('missing values become 2.5 (median)')
  })

  test('mean, most frequent and constant', () => {
    expect(use('impute', { strategy: 'mean' }, numbers('age', [1, 3, null])).on(numbers('age', [null]))).toEqual({ age: [2] })
    expect(use('impute', { strategy: 'most-frequent' }, numbers('age', [5, 3, 5])).on(numbers('age', [null]))).toEqual({ age: [5] })
    expect(use('impute', { strategy: 'constant', value: -1 }, numbers('age', [5])).on(numbers('age', [null]))).toEqual({ age: [-1] })
    expect(use('impute', { strategy: 'most-frequent' }, categories('pet', ['cat', 'dog', 'dog'])).on(categories('pet', [null, 'eel']))).toEqual({ pet: ['dog', 'eel'] })
    expect(use('impute', { strategy: 'constant', value: 'none' }, categories('pet', ['cat'])).on(categories('pet', [null, 'cat']))).toEqual({ pet: ['none', 'cat'] })
  })

  test('equally frequent values: the choice does not depend on the order of rows', () => {
    const one = use('impute', { strategy: 'most-frequent' }, categories('pet', ['dog', 'cat']))
    expect(use('impute', { strategy: 'most-frequent' }, categories('pet', ['cat', 'dog'])).fitted).toEqual(one.fitted)
  })

  test('a text has no median', () => {
    expect(() => use('impute', {}, categories('pet', ['cat']))).toThrow(MillraceError)
    expect(() => use('impute', { strategy: 'constant' }, numbers('age', [1]))).toThrow('needs a `value`')
    expect(() => use('impute', { strategy: 'constant', value: 'x' }, numbers('age', [1]))).toThrow('holds numbers')
  })
})

describe('missing-indicator', () => {
  test('adds a column only where training rows miss values', () => {
    expect(use('missing-indicator', {}, numbers('age', [1, null])).on(numbers('age', [null, 4]))).toEqual({ age: [null, 4], 'age (missing)': [1, 0] })
    expect(use('missing-indicator', {}, numbers('age', [1, 2])).on(numbers('age', [null, 4]))).toEqual({ age: [null, 4] })
    expect(use('missing-indicator', { keep: false }, categories('pet', ['cat', null])).on(categories('pet', ['cat', null]))).toEqual({ 'pet (missing)': [0, 1] })
  })
})

describe('scale', () => {
  test('standard: mean 0, population deviation 1, missing stays missing', () => {
    expect(use('scale', {}, numbers('x', [2, 4, null, 6, 8])).on(numbers('x', [5, 5 + Math.sqrt(5), null]))).toEqual({ x: [0, 1, null] })
  })

  test('robust: median and quartiles, unmoved by an outlier', () => {
    const robust = use('scale', { method: 'robust' }, numbers('x', [1, 2, 3, 4, 1e9]))
    const [centre, quartile] = robust.on(numbers('x', [3, 4]))['x'] ?? []
    expect(centre).toBe(0)
    expect(quartile).toBeCloseTo(0.6745, 4)
  })

  test('robust falls back to the deviation where the quartiles are equal', () => {
    expect(use('scale', { method: 'robust' }, numbers('x', [0, 0, 0, 0, 0, 0, 0, 8])).on(numbers('x', [1]))).toEqual({ x: [0] })
  })

  test.each([[[7, 7, 7]], [[0.1, 0.1, 0.1, 0.1, 0.1, 0.1]], [[1e308, 1e308]], [[null, null]], [[]]])('a column without spread, %j, gives finite numbers', (cells) => {
    for (const value of use('scale', {}, numbers('x', cells)).on(numbers('x', [0, 1]))['x'] ?? []) expect(Number.isFinite(value)).toBe(true)
  })

  test('numbers near the end of the range do not overflow', () => {
    expect(use('scale', {}, numbers('x', [-1e308, 1e308])).on(numbers('x', [1e308, 0]))).toEqual({ x: [1, 0] })
  })
})

describe('one-hot', () => {
  const colours = categories('colour', ['red', 'red', 'blue', 'red', 'blue', 'green', null])

  test('a column per level, the most frequent first, missing as its own', () => {
    expect(use('one-hot', {}, colours).on(categories('colour', ['blue', null, 'pink']))).toEqual({
      'colour = red': [0, 0, 0],
      'colour = blue': [1, 0, 0],
      'colour = green': [0, 0, 0],
      'colour (missing)': [0, 1, 0],
    })
  })

  test('rare levels are pooled, and unseen ones join them', () => {
    const pooled = { 'colour = red': [0, 0, 0], 'colour = blue': [1, 0, 0], 'colour (rare)': [0, 1, 1] }
    const rows = categories('colour', ['blue', 'green', 'pink'])
    expect(use('one-hot', { minCount: 2, missing: 'zero' }, colours).on(rows)).toEqual(pooled)
    expect(use('one-hot', { minFraction: 0.2, missing: 'zero' }, colours).on(rows)).toEqual(pooled)
    expect(use('one-hot', { maxLevels: 2, missing: 'zero' }, colours).on(rows)).toEqual(pooled)
  })
})

describe('ordinal', () => {
  const sizes = categories('size', ['M', 'S', 'M', null, 'L', 'S', 'M'])

  test('codes without an order, the most frequent first; unseen, rare and missing have none', () => {
    const [codes] = findTransform('ordinal')?.apply(categories('size', ['L', 'M', 'XL', null]), { as: 'category' }, { levels: ['M', 'S', 'L'] }) ?? []
    expect(codes).toEqual({ kind: 'category', name: 'size', codes: Int32Array.of(2, 0, -1, -1), categories: ['M', 'S', 'L'] })
    expect(use('ordinal', {}, sizes).fitted).toEqual({ levels: ['M', 'S', 'L'] })
    expect(use('ordinal', { minCount: 2 }, sizes).on(sizes)).toEqual({ size: ['M', 'S', 'M', null, null, 'S', 'M'] })
    expect(use('ordinal', { maxLevels: 1 }, sizes).on(sizes)).toEqual({ size: ['M', null, 'M', null, null, null, 'M'] })
  })

  test('ordered codes as numbers', () => {
    expect(use('ordinal', { as: 'number', order: ['S', 'M', 'L'] }, sizes).on(categories('size', ['L', 'S', null, 'XL']))).toEqual({ size: [2, 0, null, null] })
  })
})

describe('date-parts', () => {
  const day = (text: string): number => Date.parse(`${text}Z`)

  test('parts that vary, in UTC; weekday 1 is Monday', () => {
    const parts = use('date-parts', {}, numbers('at', [day('2024-01-31T00:00'), day('2024-02-05T00:00'), null]))
    expect(parts.on(numbers('at', [day('2024-02-01T12:00'), null]))).toEqual({
      'at (days)': [1.5, null],
      'at (month)': [2, null],
      'at (day)': [1, null],
      'at (weekday)': [4, null],
    })
    expect(parts.words).toBe('days, month, day, weekday of the date (days since 2024-01-31)')
  })

  test('hour and year where they vary; a reference of the user; dates before 1970 and out of range', () => {
    const parts = use('date-parts', { parts: ['hour', 'year', 'days'], reference: '1970-01-01' }, numbers('at', [day('1969-12-31T23:00'), day('2024-01-01T05:00')]))
    expect(parts.on(numbers('at', [day('1969-12-31T23:00'), 1e300]))).toEqual({ 'at (hour)': [23, null], 'at (year)': [1969, null], 'at (days)': [-1 / 24, null] })
  })

  test('a reference that is no date is refused', () => {
    expect(findTransform('date-parts')?.params.safeParse({ reference: 'soon' }).success).toBe(false)
  })
})

describe('clip', () => {
  test('without bounds only what float32 cannot hold is touched', () => {
    expect(use('clip', {}, numbers('x', [1, 2])).on(numbers('x', [1e308, -1e308, Infinity, 3e38, null]))).toEqual({
      x: [3.4028234663852886e38, -3.4028234663852886e38, 3.4028234663852886e38, 3e38, null],
    })
  })

  test('bounds given, and bounds from the bulk of the training rows', () => {
    expect(use('clip', { lower: 0, upper: 9 }, numbers('x', [1])).on(numbers('x', [-4, 5, 10]))).toEqual({ x: [0, 5, 9] })
    const bulk = Array.from({ length: 101 }, (_, i) => i)
    expect(use('clip', { tails: 1 }, numbers('x', bulk)).on(numbers('x', [-1e308, 50, 1e308]))).toEqual({ x: [-97, 50, 197] })
  })

  test('a column of mostly one value keeps its rare ones', () => {
    expect(use('clip', { tails: 1 }, numbers('x', [...Array.from({ length: 300 }, () => 0), 99_999])).on(numbers('x', [99_999]))).toEqual({ x: [99_999] })
  })
})

test('drop leaves nothing', () => {
  expect(use('drop', {}, numbers('x', [1])).on(numbers('x', [1]))).toEqual({})
})
