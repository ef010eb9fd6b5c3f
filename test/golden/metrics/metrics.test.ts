import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { taskSchema } from '../../../src/shared/domain/task.ts'
import { evaluatePrediction } from '../../../src/main/learn/metrics/index.ts'
import type { Prediction, Target } from '../../../src/main/table/matrix.ts'

const caseSchema = z.object({
  name: z.string(),
  task: taskSchema,
  classes: z.array(z.string()).default([]),
  truth: z.array(z.number()),
  probabilities: z.array(z.number()).default([]),
  predictions: z.array(z.number()).default([]),
  metrics: z.record(z.string(), z.number()),
})

const cases = z.array(caseSchema).parse(JSON.parse(readFileSync(new URL('cases.json', import.meta.url), 'utf8')))

describe('metrics agree with scikit-learn to nine digits', () => {
  test.each(cases.map((golden) => [golden.name, golden] as const))('%s', (_name, { task, classes, truth, probabilities, predictions, metrics }) => {
    const target: Target =
      task === 'regression' ? { kind: 'numbers', values: Float64Array.from(truth) } : { kind: 'classes', codes: Int32Array.from(truth), classes }
    const prediction: Prediction =
      task === 'regression'
        ? { kind: 'numbers', values: Float64Array.from(predictions) }
        : { kind: 'classes', probabilities: Float64Array.from(probabilities), classes }
    const values = evaluatePrediction(task, target, prediction)
    expect(Object.keys(values).toSorted()).toEqual(Object.keys(metrics).toSorted())
    for (const [id, expected] of Object.entries(metrics)) {
      expect(Math.abs((values[id] ?? Number.NaN) - expected), id).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(expected)))
    }
  })
})
