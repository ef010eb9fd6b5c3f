import { describe, expect, test } from 'vitest'
import { compileFormula, evaluate, type KnownColumn } from '../../../../src/main/learn/formula/index.ts'
import { MillraceError, toErrorData } from '../../../../src/shared/errors.ts'
import { categories, cellsOf, numbers } from '../columns.ts'

const columns: readonly KnownColumn[] = [
  { name: 'weight', type: 'decimal' }, { name: 'height', type: 'integer' }, { name: 'capital gain', type: 'decimal' },
  { name: 'city', type: 'category' }, { name: 'joined', type: 'datetime' }, { name: 'and', type: 'decimal' }, { name: 'a.b', type: 'text' },
]
const table = {
  rows: 3,
  columns: [
    numbers('weight', [80, 60, null]), numbers('height', [200, 0, 170]), numbers('capital gain', [1, 2, 3]), categories('city', ['Oslo', 'Bergen', null]),
    numbers('joined', [Date.UTC(2024, 0, 31), Date.UTC(2020, 5, 1, 5), null]), numbers('and', [1, 0, 1]), categories('a.b', ['x', 'yy', 'zzz']),
  ],
}

function result(text: string): (number | string | null)[] {
  return cellsOf(evaluate(compileFormula({ name: 'f', text }, columns), 'f', table))
}

function failure(text: string): string {
  try {
    result(text)
  } catch (error) {
    expect(error).toBeInstanceOf(MillraceError)
    return toErrorData(error).message
  }
  return 'no error'
}

describe('formulas', () => {
  test.each<[string, (number | string | null)[]]>([
    ['weight / (height / 100)^2', [20, null, null]], // 60 / 0 is not a number that a model can use
    ['`capital gain` * 2 + ["capital gain"]', [3, 6, 9]],
    ['2 ^ 3 ^ 2 + 0 * `capital gain`', [512, 512, 512]],
    ['-weight^2', [6400, 3600, null]],
    ['10 - 2 - height', [-192, 8, -162]],
    ['height % 70', [60, 0, 30]],
    ['if(weight > 70 and not isMissing(height), 1, 0)', [1, 0, null]],
    ['weight > 70 or isMissing(weight)', [1, 0, 1]],
    ['weight > 70 and false', [0, 0, 0]],
    ['city == "Oslo" ? "home" : "away"', ['home', 'away', null]],
    ['concat(lower(city), "-", text(weight))', ['oslo-80', 'bergen-60', null]],
    ['contains(city, "erg") + startsWith(city, "O")', [1, 1, null]],
    ['len(ifMissing(city, "none"))', [4, 6, 4]],
    ['year(joined) * 100 + month(joined)', [202401, 202006, null]],
    ['weekday(joined)', [3, 1, null]],
    ['joined > "2022-01-01" or isMissing(joined)', [1, 0, 1]],
    ['daysBetween(date("2020-01-01"), joined)', [1491, 152 + 5 / 24, null]],
    ['min(weight, height, 70) + max(1, 2) + round(weight / 7, 1) + floor(1.5) + ceil(1.2) + abs(-1)', [70 + 2 + 11.4 + 4, 0 + 2 + 8.6 + 4, null]],
    ['round(0 - weight / 160)', [-1, -0, null]], // halves away from zero
    ['log(exp(height / 100)) + sqrt(pow(height, 2))', [202, 0, 171.7]],
    ['`and` + len(`a.b`)', [2, 2, 4]],
  ])('%s', (text, expected) => {
    result(text).forEach((cell, row) => {
      const wanted = expected[row]
      if (typeof wanted === 'number') expect(cell).toBeCloseTo(wanted, 9)
      else expect(cell).toBe(wanted)
    })
  })

  test.each([
    ['heigth * 2', 'At character 1, near "heigth * 2": there is no column "heigth". Did you mean "height"?'],
    ['weight + city', 'At character 10, near "city": "+" needs a number here, and this is a text.'],
    ['weight + flor(height)', 'At character 10, near "flor(height)": there is no function "flor". Did you mean "floor"?'],
    ['capital gain * 2', 'At character 9, near "gain * 2": an operator is missing before this.'],
    ['weight * (2', 'At character 12, its end: Unclosed (.'],
    ['weight = 3', 'Unexpected "="; == compares.'],
    ['wei`ght', 'A backtick without its partner'],
    ['1 + 1', 'names no column'],
    ['', 'there is nothing in it'],
    ['if(city, 1, 2)', 'At character 4, near "city, 1, 2)": "if" needs a condition here, and this is a text.'],
    ['if(weight > 1, "a", 2)', 'needs a text here, and this is a number'],
    ['joined > "soon"', 'needs a date here'],
    ['pow(weight)', '"pow" takes 2 values, and was given 1.'],
    ['a.b', 'between backticks'],
    ['weight, height', 'missing'],
  ])('refuses %s with the place', (text, words) => {
    expect(failure(text)).toContain(words)
  })

  test.each([
    ['process.exit()'], ['constructor.constructor("return 1")()'], ['weight.constructor'], ['this'], ['weight["x"]'], ['[weight, height]'], ['(weight => weight)(1)'],
    ['__proto__'], ['toString()'], ['weight; height'], ['"abc'], ['weight ?? 1'], ['weight | 1'], ['`weight`(1)'],
  ])('runs no code: %s', (text) => {
    expect(failure(text)).not.toBe('no error')
  })

  test('is bounded in length, parts and depth', () => {
    expect(failure(`weight${' + weight'.repeat(400)}`)).toContain('2000 are the most')
    expect(failure(`${'('.repeat(990)}weight${')'.repeat(990)}`)).not.toBe('no error')
    expect(failure(`${'-'.repeat(1900)}weight`)).not.toBe('no error')
    expect(failure(`height${'+height'.repeat(280)}`)).toContain('too many parts')
  })

  test('columns may have any name', () => {
    const odd = ['constructor', '__proto__', 'é ü', '日本', "a'b", 'x"y']
    for (const name of odd) {
      const part = compileFormula({ name: 'f', text: name.includes('"') ? '["x\\"y"] + 1' : `\`${name}\` + 1` }, [{ name, type: 'decimal' }])
      expect(cellsOf(evaluate(part, 'f', { rows: 1, columns: [numbers(name, [1])] }))).toEqual([2])
    }
  })
})
