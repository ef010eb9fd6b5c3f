import { describe, expect, test } from 'vitest'
import { toErrorData, type ErrorData } from '../../../../src/shared/errors.ts'
import type { Goal } from '../../../../src/shared/domain/task.ts'
import { targetOf } from '../../../../src/main/learn/model/index.ts'
import { categories, numbers } from '../columns.ts'

const binary: Goal = { task: 'binary-classification', target: 'y' }

function classesOf(cells: readonly (string | null)[], goal: Goal = binary): readonly string[] {
  const { target } = targetOf(goal, categories('y', cells))
  return target.kind === 'classes' ? target.classes : []
}

function failure(cells: readonly (string | null)[], goal: Goal = binary): ErrorData {
  try {
    targetOf(goal, categories('y', cells))
  } catch (error) {
    return toErrorData(error)
  }
  throw new Error('it did not fail')
}

describe('the positive class', () => {
  test('is the one that the goal names, exactly as the cells read', () => {
    expect(classesOf(["'-1'", "'1'", "'1'"], { ...binary, positive: "'-1'" })).toEqual(["'1'", "'-1'"])
  })

  test('is else known by its name, quotes and case aside', () => {
    expect(classesOf(['No', 'Yes', 'Yes'])).toEqual(['No', 'Yes'])
    expect(classesOf(['TRUE', 'FALSE'])).toEqual(['FALSE', 'TRUE'])
    expect(classesOf(["'1'", "'-1'", "'1'"])).toEqual(["'-1'", "'1'"])
  })

  test('is else the rarer one, and that is said', () => {
    expect(classesOf(['good', 'bad', 'good'])).toEqual(['good', 'bad'])
    expect(targetOf(binary, categories('y', ['good', 'bad', 'good'])).note).toContain('"bad", the rarer one')
  })

  test('that does not occur is refused with a suggestion', () => {
    const error = failure(['yes', 'no'], { ...binary, positive: 'Yess' })
    expect(error.code).toBe('invalid-parameter')
    expect(error.message).toContain('Did you mean "yes"?')
  })
})

describe('classes', () => {
  const multi: Goal = { ...binary, task: 'multiclass-classification' }

  test('numbers come by size, texts by code point', () => {
    expect(classesOf(['10', '9', '2'], multi)).toEqual(['2', '9', '10'])
    expect(classesOf(['b', 'B', 'a'], multi)).toEqual(['B', 'a', 'b'])
  })

  test('two tasks mixed up: the classes are named and the other task suggested', () => {
    const error = failure(['a', 'b', 'c', 'c'])
    expect(error.headline).toBe('The target "y" has 3 classes, and the task is binary-classification')
    expect(error.message).toContain('"c" (2 rows)')
    expect(error.nextStep).toContain('multiclass-classification')
  })

  test('one class, or none, cannot be learnt', () => {
    expect(failure(['a', 'a', null]).headline).toBe('The target "y" has only one class')
    expect(failure([null, null]).headline).toBe('The target "y" has no value')
  })
})

test('rows without a target are left out and counted', () => {
  const reading = targetOf(binary, categories('y', ['yes', null, 'no', null, 'yes']))
  expect([...reading.rows]).toEqual([0, 2, 4])
  expect(reading.missing).toBe(2)
  expect(reading.target).toEqual({ kind: 'classes', classes: ['no', 'yes'], codes: Int32Array.of(1, 0, 1) })
})

test('with known classes, others are counted as unseen', () => {
  const reading = targetOf(binary, categories('y', ['yes', 'maybe', 'no', 'maybe']), ['no', 'yes'])
  expect([...reading.rows]).toEqual([0, 2])
  expect(reading.unseen).toEqual([{ value: 'maybe', rows: 2 }])
})

test('numbers: missing cells are left out, infinite ones refused with their row', () => {
  const goal: Goal = { task: 'regression', target: 'y' }
  const reading = targetOf(goal, numbers('y', [1.5, null, 3]))
  expect([reading.target, reading.missing]).toEqual([{ kind: 'numbers', values: Float64Array.of(1.5, 3) }, 1])
  expect(() => targetOf(goal, numbers('y', [1, Infinity]))).toThrow('Row 2')
})
