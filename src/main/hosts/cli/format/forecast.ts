import type { PipelineForecast, StepForecast } from '#shared/domain/pipeline-forecast.ts'
import { formatBytes } from '../../../base/byte-size.ts'
import type { Paint } from './paint.ts'
import { formatTable } from './table.ts'

const words: Readonly<Record<StepForecast['decision'], string>> = { reuse: 'reuse', run: 'run', unknown: 'depends' }

function need(bytes: number | undefined): string {
  return bytes === undefined ? '' : formatBytes(bytes)
}

/** What a run would do, step by step: run or reuse, why, and about what it would need. */
export function formatForecast({ steps, memoryBytes, freeDiskBytes }: PipelineForecast, paint: Paint): string {
  const rows = steps.map(({ step, decision, reason, estimate, problem }) => [
    step,
    problem === null ? words[decision] : paint.bad('refused'),
    need(estimate?.memoryBytes),
    need(estimate?.diskBytes),
    problem ?? reason,
  ])
  return [
    formatTable([{ title: 'step' }, { title: 'would' }, { title: 'memory', align: 'right' }, { title: 'disk', align: 'right' }, { title: 'why' }], rows),
    `\nOne step may use ${formatBytes(memoryBytes)} of memory; ${formatBytes(freeDiskBytes)} of disk are free. Nothing was run.\n`,
  ].join('')
}
