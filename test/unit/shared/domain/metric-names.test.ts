import { expect, test } from 'vitest'
import { metrics, primaryMetric } from '../../../../src/main/learn/metrics/index.ts'
import { leadingMetrics, metricName, metricNames } from '../../../../src/shared/domain/metric-names.ts'
import { taskSchema } from '../../../../src/shared/domain/task.ts'

test('metrics are called in the window as where they are computed', () => {
  expect(Object.keys(metricNames)).toHaveLength(metrics.length)
  for (const { id, label, greaterIsBetter } of metrics) expect(metricNames[id]).toMatchObject({ label, greaterIsBetter })
  expect(metricName('toString')).toEqual({ label: 'toString', short: 'toString', greaterIsBetter: true })
})

test('tables lead with what reports lead with', () => {
  for (const task of taskSchema.options) expect(leadingMetrics[task][0]).toBe(primaryMetric(task).id)
})
