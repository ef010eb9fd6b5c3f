import { expect, test } from 'vitest'
import { curveTraces, roundCsv, rowCurveTraces, type RunCurves } from '../../../../../src/renderer/screens/experiments/curve-traces.ts'

const curve = { learner: 'gradient-boosting', loss: 'log loss', folds: 5, iterations: [0, 1, 2], training: [0.6, 0.5, 0.4], validation: [0.6, 0.55, 0.56], best: 1 }
const run = (more: Partial<RunCurves['curves']> = {}): RunCurves => ({ run: 'r1', name: 'r1 Boosting', place: 0, curves: { live: false, iterations: [curve], byRows: [], metric: null, nothing: null, ...more } })

test('training is dashed, validation solid, with a dot at the best round', () => {
  const { loss, traces } = curveTraces([run()])
  expect(loss).toBe('Log loss')
  expect(traces).toMatchObject([
    { name: 'r1 Boosting, training', line: { dash: 'dash', color: 'var(--mr-cat-1)' }, y: [0.6, 0.5, 0.4] },
    { name: 'r1 Boosting, validation', line: { dash: 'solid' } },
    { mode: 'markers+text', x: [1], y: [0.55], text: ['best at 1: 0.55'] },
  ])
})

test('while it goes on the dot is at its end', () => {
  const going = { ...curve, training: [0.6, 0.5, null], validation: [0.6, 0.55, null] }
  expect(curveTraces([run({ live: true, iterations: [going] })]).traces.at(-1)).toMatchObject({ x: [1], text: ['round 1'] })
})

test('losses of another kind do not share the axis, and a curve without held-out rows has no validation', () => {
  const other = { ...curve, loss: 'RMSE' }
  const alone = { ...curve, validation: [null, null, null], best: null }
  const { traces } = curveTraces([run({ iterations: [curve, alone] }), { ...run({ iterations: [other] }), run: 'r2', name: 'r2', place: 1 }])
  expect(traces.map((trace) => ('name' in trace ? trace.name : undefined)).filter((name) => name !== undefined)).toEqual(['r1 Boosting, gradient-boosting, training', 'r1 Boosting, gradient-boosting, validation', 'r1 Boosting, gradient-boosting, training'])
})

test('the numbers behind are saved', () => {
  expect(roundCsv([run()], 'Log loss').map(({ name, values }) => [name, values[1]])).toEqual([['run', 'r1'], ['learner', 'gradient-boosting'], ['round', 1], ['Log loss training', 0.5], ['Log loss validation', 0.55]])
})

test('scores by training rows have a band of one deviation', () => {
  const byRows = [{ rows: 100, validation: { mean: 0.7, deviation: 0.1 }, training: { mean: 0.9, deviation: 0 } }, { rows: 200, validation: { mean: 0.8, deviation: 0.05 }, training: { mean: 0.85, deviation: 0 } }]
  const [band, unseen, learnt] = rowCurveTraces([run({ byRows })])
  expect(band).toMatchObject({ x: [100, 200, 200, 100], fill: 'toself' })
  expect(unseen).toMatchObject({ y: [0.7, 0.8] })
  expect(learnt).toMatchObject({ y: [0.9, 0.85], line: { dash: 'dash' } })
})
