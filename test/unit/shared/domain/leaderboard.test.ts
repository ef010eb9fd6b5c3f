import { expect, test } from 'vitest'
import { decodeMessage, encodeMessage } from '../../../../src/shared/contract/wire.ts'
import { leaderboardFrameSchema, packLeaderboard, unpackLeaderboard, type LeaderboardEntry } from '../../../../src/shared/domain/leaderboard.ts'

const full: LeaderboardEntry = {
  run: 'r0002',
  pipeline: 'churn',
  status: 'succeeded',
  startedAt: 1000,
  seconds: 12.5,
  metrics: { roc_auc: 0.84, log_loss: 0.4 },
  model: { name: 'churn', version: 2, hash: 'abc' },
  deployment: 'live',
  estimator: 'linear',
  summary: 'a line',
  target: 'churned',
  task: 'binary-classification',
  validation: { metric: 'roc_auc', mean: 0.83, deviation: 0.01 },
  interval: { metric: 'roc_auc', low: 0.82, high: 0.86 },
  baseline: { roc_auc: 0.5 },
  fitSeconds: 3,
  modelBytes: 1234,
  deployments: ['live', 'other'],
  problem: null,
}
const failed: LeaderboardEntry = {
  ...full,
  run: 'r0001',
  status: 'failed',
  seconds: undefined,
  metrics: undefined,
  model: undefined,
  deployment: undefined,
  estimator: null,
  summary: null,
  validation: null,
  interval: null,
  baseline: null,
  fitSeconds: null,
  modelBytes: null,
  deployments: [],
  problem: 'No memory',
}

test('lines survive as columns, over the wire', () => {
  const bytes = encodeMessage(packLeaderboard([full, failed]))
  expect(unpackLeaderboard(leaderboardFrameSchema.parse(decodeMessage(bytes.buffer)))).toEqual([full, failed])
})

test('no lines are no lines', () => {
  expect(unpackLeaderboard(packLeaderboard([]))).toEqual([])
})
