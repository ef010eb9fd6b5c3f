import type { RunEvent, StepSummary } from '#shared/domain/run.ts'
import type { Clock } from '../../../base/clock.ts'
import type { CliContext } from '../context.ts'
import { formatSeconds } from '../format/quantity.ts'
import { visibleText } from '../format/visible-text.ts'
import { createLiveLine } from './live-line.ts'
import { progressText } from './progress-text.ts'

/** Milliseconds between two plain lines about the same step, where lines cannot be rewritten. */
const plainInterval = 5000

const marks: Readonly<Record<StepSummary['status'], string>> = {
  succeeded: '✓', failed: '✗', cancelled: '■', skipped: '–', interrupted: '✗', pending: ' ', running: ' ',
}

/** A finished step in one line: how it went, how long it took, and whether its result was reused. */
function finishedText(step: StepSummary, nameWidth: number): string {
  const time = step.status === 'skipped' ? '' : formatSeconds(step.seconds)
  const note = step.status === 'skipped' ? 'skipped' : step.cache.hit ? 'reused' : step.status === 'succeeded' ? '' : step.status
  return `${marks[step.status]} ${step.id.padEnd(nameWidth)}  ${time.padStart(7)}  ${note}`.trimEnd()
}

/** Shows a pipeline's events on standard error: a live line on a screen, plain lines elsewhere, nothing under `--json`. */
export function createRunProgress(context: CliContext, clock: Clock): (event: RunEvent) => void {
  if (context.json) return () => undefined
  const line = createLiveLine(context.terminal)
  let nameWidth = 0
  let order: readonly string[] = []
  let lastPlain = clock.monotonic()
  return (event) => {
    switch (event.type) {
      case 'run-started':
        order = event.steps.map((step) => step.id)
        nameWidth = Math.max(...order.map((id) => id.length))
        line.keep(`Run ${event.run} of ${event.pipeline}: ${order.join(' → ')}`)
        break
      case 'step-started':
        lastPlain = clock.monotonic()
        line.show(`  ${event.step.padEnd(nameWidth)}  step ${String(order.indexOf(event.step) + 1)} of ${String(order.length)}`)
        if (event.attempt > 1) line.keep(`  ${event.step.padEnd(nameWidth)}  attempt ${String(event.attempt)}`)
        break
      case 'step-progress': {
        const state = { ...event, name: event.step.padEnd(nameWidth) }
        line.show(`  ${progressText(state, true)}`)
        if (!context.terminal.rewrites && clock.monotonic() - lastPlain >= plainInterval) {
          lastPlain = clock.monotonic()
          line.keep(`  ${progressText(state, false)}`)
        }
        break
      }
      case 'step-log':
        if (event.line.level === 'warn' || event.line.level === 'error') line.keep(`  ${event.step.padEnd(nameWidth)}  ${visibleText(event.line.message)}`)
        break
      case 'step-measured': // plots are the window's
        break
      case 'step-finished':
        line.keep(finishedText(event.summary, nameWidth))
        break
      case 'run-finished':
        line.clear()
        break
    }
  }
}
