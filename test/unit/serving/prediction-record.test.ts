import { describe, expect, it } from 'vitest'
import { predictionCells, predictionColumns, refuseSameNames } from '../../../src/main/serving/prediction-record.ts'

describe('columns of predictions', () => {
  it('are one number for regression', () => {
    expect(predictionColumns({ goal: { task: 'regression', target: 'price' }, classes: [] })).toEqual(['prediction'])
  })

  it('name classes exactly as the cells read', () => {
    const model = { goal: { task: 'multiclass-classification' as const, target: 'y' }, classes: ['1.0', "'1'", 'True', 'a,b'] }
    expect(predictionColumns(model)).toEqual(['prediction', 'p_1.0', "p_'1'", 'p_True', 'p_a,b'])
  })

  it('are refused where the input has them already', () => {
    expect(() => refuseSameNames(['id', 'p_yes'], ['prediction', 'p_no', 'p_yes'], 'in.csv')).toThrow('in.csv holds a column "p_yes"')
    expect(() => refuseSameNames(['id', 'x'], ['prediction'], 'in.csv')).not.toThrow()
  })
})

describe('cells of a prediction', () => {
  const binary = (...second: number[]) => ({
    kind: 'classes' as const,
    classes: ['no', 'yes'],
    probabilities: Float64Array.from(second.flatMap((p) => [1 - p, p])),
  })

  it('are the positive class from one half on', () => {
    const prediction = binary(0.25, 0.5, 0.75)
    expect([0, 1, 2].map((row) => predictionCells(prediction, row))).toEqual([['no', 0.75, 0.25], ['yes', 0.5, 0.5], ['yes', 0.25, 0.75]])
  })

  it('are the most probable of several classes, the first of equals', () => {
    const prediction = { kind: 'classes' as const, classes: ['a', 'b', 'c'], probabilities: Float64Array.of(0.2, 0.5, 0.3, 0.4, 0.2, 0.4) }
    expect(predictionCells(prediction, 0)).toEqual(['b', 0.2, 0.5, 0.3])
    expect(predictionCells(prediction, 1)[0]).toBe('a')
  })

  it('are the number of a regression', () => {
    expect(predictionCells({ kind: 'numbers', values: Float64Array.of(1.5, -0.1) }, 1)).toEqual([-0.1])
  })
})
