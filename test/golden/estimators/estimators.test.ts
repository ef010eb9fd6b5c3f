import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { linear } from '../../../src/main/learn/estimators/linear/linear.ts'
import type { LinearState } from '../../../src/main/learn/estimators/linear/state.ts'
import { naiveBayes } from '../../../src/main/learn/estimators/naive-bayes/naive-bayes.ts'
import type { Matrix, Target } from '../../../src/main/table/matrix.ts'
import { classTarget, fitContext, matrixOf, numberTarget } from '../../unit/learn/estimators/made-data.ts'

type TargetName = 'numbers' | 'two' | 'three'
type Numbers = readonly (readonly number[])[]
type Linear = { readonly target: TargetName; readonly penalty: number; readonly coefficients: Numbers }
type Cases = {
  readonly X: Numbers
  readonly S: Numbers
  readonly C: Numbers
  readonly numbers: readonly number[]
  readonly two: readonly number[]
  readonly three: readonly number[]
  readonly elastic: readonly (Linear & { readonly l1Ratio: number; readonly objective: number })[]
  readonly ridge: readonly (Linear & { readonly columns?: 'X' | 'S'; readonly classWeight: string })[]
  readonly bayes: readonly { readonly columns: 'X' | 'S' | 'C'; readonly target: 'two' | 'three'; readonly params: Readonly<Record<string, unknown>>; readonly probabilities: Numbers }[]
}

const cases = JSON.parse(readFileSync(new URL('cases.json', import.meta.url), 'utf8')) as Cases

function targetOf(name: TargetName): Target {
  if (name === 'numbers') return numberTarget(cases.numbers)
  return name === 'two' ? classTarget(cases.two, ['no', 'yes']) : classTarget(cases.three, ['a', 'b', 'c'])
}

/** The same cells as a sparse block. */
function sparseOf(columns: Numbers): Matrix {
  const entries = columns.map((cells) => [...cells.entries()].filter(([, value]) => value !== 0))
  return {
    rows: columns[0]?.length ?? 0,
    columns: columns.map((_, j) => ({ name: `w${j}`, source: 'text', kind: 'numeric' })),
    data: new Float32Array(0),
    sparse: {
      starts: Int32Array.from({ length: columns.length + 1 }, (_, end) => entries.slice(0, end).reduce((sum, own) => sum + own.length, 0)),
      rows: Int32Array.from(entries.flat(), ([row]) => row),
      values: Float32Array.from(entries.flat(), ([, value]) => value),
    },
  }
}

/** Σ loss + λ(ρ‖w‖₁ + (1 − ρ)/2 ‖w‖²) of a state on the cells of X, computed here. */
function objectiveOf(state: LinearState, target: Target, penalty: number, l1Ratio: number): number {
  const p = state.means.length
  let value = state.coefficients.reduce((sum, w) => sum + penalty * (l1Ratio * Math.abs(w) + ((1 - l1Ratio) / 2) * w ** 2), 0)
  for (let i = 0; i < cases.numbers.length; i++) {
    const scores = [...state.intercepts].map((b, k) => cases.X.reduce((sum, column, j) => sum + (state.coefficients[k * p + j] ?? 0) * ((column[i] ?? 0) - (state.means[j] ?? 0)), b))
    if (target.kind === 'numbers') value += 0.5 * ((target.values[i] ?? 0) - (scores[0] ?? 0)) ** 2
    else {
      const all = scores.length === 1 ? [0, ...scores] : scores
      value += Math.log(all.reduce((sum, score) => sum + Math.exp(score), 0)) - (all[target.codes[i] ?? 0] ?? 0)
    }
  }
  return value
}

function expectCoefficients(state: LinearState, expected: Numbers, within: number): void {
  const p = state.means.length
  expected.forEach((own, k) => {
    own.forEach((w, j) => {
      expect(Math.abs((state.coefficients[k * p + j] ?? Number.NaN) - w)).toBeLessThan(within)
    })
  })
}

describe.each(cases.elastic.map((one) => [one.target, one.penalty, one.l1Ratio, one] as const))('elastic net for %s, λ %d, ρ %d', (name, regularisation, l1Ratio, golden) => {
  test('has the coefficients and the objective of scikit-learn', async () => {
    const target = targetOf(name)
    const state = (await linear.fit(matrixOf(cases.X), target, linear.params.parse({ regularisation, l1Ratio }), fitContext())) as LinearState
    expect(state.converged).toBe(true)
    expectCoefficients(state, golden.coefficients, 1e-4)
    const objective = objectiveOf(state, target, regularisation, l1Ratio)
    expect(Math.abs(objective / golden.objective - 1)).toBeLessThan(1e-7)
  })
})

describe.each(cases.ridge.map((one) => [one.target, one.columns ?? 'X', one.classWeight, one] as const))('ridge for %s on %s, class weight %s', (name, columns, classWeight, golden) => {
  test('has the coefficients of scikit-learn, on a sparse block too', async () => {
    const params = linear.params.parse({ regularisation: golden.penalty, classWeight })
    const matrices = columns === 'S' ? [matrixOf(cases.S), sparseOf(cases.S)] : [matrixOf(cases.X)]
    for (const matrix of matrices) {
      const state = (await linear.fit(matrix, targetOf(name), params, fitContext())) as LinearState
      expectCoefficients(state, golden.coefficients, 1e-4)
    }
  })
})

describe.each(cases.bayes.map((one) => [one.columns, JSON.stringify(one.params), one] as const))('naive Bayes on %s with %s', (columns, _params, golden) => {
  test('has the probabilities of scikit-learn', async () => {
    const kinds = columns === 'C' ? [{ kind: 'categorical', cardinality: 3 }, { kind: 'categorical', cardinality: 4 }] as const : []
    const matrix = columns === 'S' ? sparseOf(cases.S) : matrixOf(cases[columns], kinds)
    const state = await naiveBayes.fit(matrix, targetOf(golden.target), naiveBayes.params.parse(golden.params), fitContext())
    const prediction = await naiveBayes.predict(state, matrix)
    if (prediction.kind !== 'classes') throw new Error('classes expected')
    golden.probabilities.flat().forEach((p, at) => {
      expect(Math.abs((prediction.probabilities[at] ?? Number.NaN) - p)).toBeLessThan(1e-9)
    })
  })
})
