import type { RunComparison, RunDeletion, RunDetail, RunListEntry, RunSummary, StepExplanation } from '#shared/domain/run.ts'
import type { Paint } from './paint.ts'
import { formatBytes } from '../../../base/byte-size.ts'
import { countOf, formatScore, formatSeconds, formatTime } from './quantity.ts'
import { formatScores, headlineScore } from './scores.ts'
import { formatPairs, formatTable } from './table.ts'

function modelName(model: RunListEntry['model']): string {
  return model === undefined ? '' : `${model.name}@${String(model.version)}`
}

function status(run: Pick<RunListEntry, 'status'>, paint: Paint): string {
  return run.status === 'succeeded' ? paint.good(run.status) : run.status === 'running' ? run.status : paint.bad(run.status)
}

/** What a run came to: its scores beside the baseline's, its model, its deployment. */
export function formatRunSummary(summary: RunSummary, paint: Paint): string {
  const reused = summary.steps.filter((step) => step.cache.hit).length
  const head = `Run ${summary.run} of ${summary.pipeline} ${status(summary, paint)} in ${formatSeconds(summary.seconds)}`
  const parts = [`${head}, ${String(reused)} of ${countOf(summary.steps.length, 'step')} reused.\n`]
  if (summary.metrics !== undefined) parts.push('\nScores on rows that the model has never seen:\n', formatScores(summary.metrics, summary.baseline))
  const made: [string, string][] = []
  if (summary.model !== undefined) made.push(['model', modelName(summary.model)])
  if (summary.deployment !== undefined) made.push(['deployment', summary.deployment])
  if (made.length > 0) parts.push('\n', formatPairs(made))
  return parts.join('')
}

/** Runs, the newest first. */
export function formatRunList(runs: readonly RunListEntry[], paint: Paint): string {
  return formatTable(
    [{ title: 'run' }, { title: 'pipeline' }, { title: 'status' }, { title: 'started' }, { title: 'time', align: 'right' }, { title: 'score' }, { title: 'model' }, { title: 'deployment' }],
    runs.map((run) => [
      run.run,
      run.pipeline,
      status(run, paint),
      formatTime(run.startedAt),
      run.seconds === undefined ? '' : formatSeconds(run.seconds),
      headlineScore(run.metrics),
      modelName(run.model),
      run.deployment ?? '',
    ]),
  )
}

/** One run with its steps, its scores and what went wrong. */
export function formatRunDetail(run: RunDetail, paint: Paint): string {
  const steps = run.steps.map((step) => [
    step.id,
    step.uses,
    step.status,
    formatSeconds(step.seconds),
    step.cache.hit ? 'reused' : '',
    step.outputs.map((output) => `${output.name} ${formatBytes(output.bytes)}`).join(', '),
  ])
  const parts = [
    `Run ${run.run} of ${run.pipeline} (${run.pipelineFile}), seed ${String(run.seed)}\n`,
    `${status(run, paint)}, started ${formatTime(run.startedAt)}${run.seconds === undefined ? '' : `, took ${formatSeconds(run.seconds)}`}\n\n`,
    formatTable([{ title: 'step' }, { title: 'kind' }, { title: 'status' }, { title: 'time', align: 'right' }, { title: 'cache' }, { title: 'outputs' }], steps),
  ]
  if (run.metrics !== undefined) parts.push('\n', formatScores(run.metrics, run.baseline))
  if (run.error !== undefined) parts.push(`\n${paint.bad(run.error.headline)}\n${run.error.message}\n`)
  const lines = run.log.filter((line) => line.level !== 'debug').map((line) => `  ${line.step ?? ''}: ${line.message}\n`)
  if (lines.length > 0) parts.push('\nLog\n', ...lines)
  return parts.join('')
}

/** Runs side by side: what differs in their parameters, then every metric. */
export function formatComparison(comparison: RunComparison): string {
  const columns = [{ title: '' }, ...comparison.runs.map((run) => ({ title: run.run, align: 'right' as const }))]
  const differing = comparison.params
    .filter((row) => row.differs)
    .map((row) => [`${row.step}.${row.param}`, ...row.values.map((value) => (value === undefined ? '–' : typeof value === 'string' ? value : JSON.stringify(value)))])
  const scores = comparison.metrics.map((row) => [row.metric, ...row.values.map((value) => (value === undefined ? '–' : formatScore(value)))])
  const same = differing.length === 0 ? 'All parameters are the same.\n' : ''
  return `${same}${formatTable(columns, [...differing, ...scores])}`
}

/** What a deletion freed and what it kept. */
export function formatDeletion(deletion: RunDeletion): string {
  const lines = [`Deleted run ${deletion.run}: ${countOf(deletion.artifactsRemoved, 'artifact')}, ${formatBytes(deletion.bytesFreed)} freed.`]
  return [...lines, ...deletion.removed.map((what) => `  removed ${what}`), ...deletion.kept.map((what) => `  kept ${what}`), ''].join('\n')
}

/** Why a step was reused or ran, and what had changed. */
export function formatExplanation(explanation: StepExplanation, paint: Paint, nameWidth = 0): string {
  // Without a reason the run ended before the step's turn came.
  const plain = explanation.hit ? 'reused' : explanation.reason === '' ? 'did not run' : 'ran'
  const outcome = explanation.hit ? paint.good(plain) : plain
  const gap = ' '.repeat(Math.max(0, nameWidth - explanation.step.length))
  const head = `${paint.strong(explanation.step)}${gap}  ${outcome}${explanation.hit ? '' : ' '.repeat(Math.max(0, 6 - plain.length))}  ${explanation.reason}`.trimEnd() + '\n'
  if (explanation.changed.length === 0) return head
  const rows = explanation.changed.map((change) => [`  ${change.part}`, change.from, change.to])
  return head + formatTable([{ title: '  part' }, { title: 'before' }, { title: 'now' }], rows)
}
