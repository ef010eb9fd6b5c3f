import { describe, expect, it } from 'vitest'
import type { RunEvent, StepSummary } from '../../../src/shared/domain/run.ts'
import { createContext } from '../../../src/main/hosts/cli/context.ts'
import { createRunProgress } from '../../../src/main/hosts/cli/progress/run-progress.ts'
import { fakeTerminal } from './fake-terminal.ts'

const finished = (summary: Partial<StepSummary> & { readonly id: string }): RunEvent => ({
  type: 'step-finished',
  summary: { uses: 'x/y', status: 'succeeded', seconds: 1.25, cache: { hit: false, reason: '' }, ...summary },
  error: undefined,
})

const events: readonly RunEvent[] = [
  { type: 'run-started', run: 'r0001', pipeline: 'churn', steps: [{ id: 'ingest', uses: 'ingest/file' }, { id: 'train', uses: 'train/model' }] },
  finished({ id: 'ingest', seconds: 0.01, cache: { hit: true, reason: 'nothing changed' } }),
  { type: 'step-started', step: 'train', uses: 'train/model', attempt: 1 },
  { type: 'step-progress', step: 'train', fraction: 0.456, message: 'fold 2 of 5', remainingSeconds: 12 },
  { type: 'step-log', step: 'train', line: { at: 0, level: 'info', message: 'not shown' } },
  { type: 'step-log', step: 'train', line: { at: 0, level: 'warn', message: 'one class is rare' } },
  finished({ id: 'train' }),
]

function shown(options: { readonly rewrites: boolean; readonly json?: boolean; readonly secondsPerEvent?: number }): string {
  const fake = fakeTerminal({ rewrites: options.rewrites, columns: 60 })
  let now = 0
  const clock = { now: () => now, monotonic: () => now, processor: () => now }
  const show = createRunProgress(createContext({ json: options.json === true }, fake.terminal, fake.interrupt), clock)
  for (const event of events) {
    show(event)
    now += (options.secondsPerEvent ?? 1) * 1000
  }
  expect(fake.out()).toBe('')
  return fake.err()
}

describe('progress of a run', () => {
  it('is plain lines where lines cannot be rewritten', () => {
    expect(shown({ rewrites: false })).toBe(
      [
        'Run r0001 of churn: ingest → train',
        '✓ ingest    0.0 s  reused',
        '  train   one class is rare',
        '✓ train     1.3 s',
        '',
      ].join('\n'),
    )
  })

  it('gives a sign of life at least every few seconds in plain lines', () => {
    expect(shown({ rewrites: false, secondsPerEvent: 6 })).toContain('  train    45 %  fold 2 of 5, about 12 s left\n')
  })

  it('is one rewritten line with percentage and remaining time on a screen', () => {
    const text = shown({ rewrites: true })
    expect(text).toContain('\r\u001b[K  train   █████████░░░░░░░░░░░   45 %  fold 2 of 5, about 1')
    expect(text.split('\r\u001b[K').every((part) => part.includes('\n') || Array.from(part).length < 60)).toBe(true)
  })

  it('is silent under --json', () => {
    expect(shown({ rewrites: true, json: true })).toBe('')
  })
})
