import { resolve } from 'node:path'
import type { Slice } from '#shared/domain/evaluation.ts'
import type { ShownReport } from '../../../services/reports.ts'
import type { AddCommand } from '../command.ts'
import { formatCount, formatScore } from '../format/quantity.ts'
import { formatTable } from '../format/table.ts'

const MOST_SLICES = 12

function metricsText({ report }: ShownReport): string {
  const rows = Object.entries(report.metrics).map(([name, value]) => {
    const interval = report.intervals[name]
    const baseline = report.baseline.metrics[name]
    return [
      name,
      formatScore(value),
      interval === undefined ? '' : `${formatScore(interval.low)} – ${formatScore(interval.high)}`,
      baseline === undefined ? '' : formatScore(baseline),
    ]
  })
  return formatTable(
    [{ title: 'metric' }, { title: 'value', align: 'right' }, { title: '95 % interval', align: 'right' }, { title: 'baseline', align: 'right' }],
    rows,
  )
}

function slicesText(slices: readonly Slice[], label: string): string {
  const worse = slices.filter((slice) => slice.worse)
  if (worse.length === 0) return ''
  const rows = worse.slice(0, MOST_SLICES).map(({ column, value, rows: count, score }) => [`${column} ${value}`, formatCount(count), score === undefined ? '' : formatScore(score)])
  return `\nWorse than on all rows\n${formatTable([{ title: 'rows with' }, { title: 'rows', align: 'right' }, { title: label, align: 'right' }], rows)}`
}

function reportText(shown: ShownReport): string {
  const { report } = shown
  const words = [...report.comparison, ...report.warnings.map((warning) => `Note: ${warning}`)].join('\n')
  return `${words}\n\n${metricsText(shown)}${slicesText(report.slices, report.primary.label)}\nPage: ${shown.html ?? shown.page}\n`
}

/** `report [RUN]`: how good a model is, in words, figures and a page. */
export const addReport: AddCommand = (program, handle) => {
  program
    .command('report')
    .argument('[run]', 'id such as r0001, or "latest"', 'latest')
    .option('--html <file>', 'write the report as a page that can be sent to others')
    .description('how good the model of a run is, and where it is weak')
    .action(
      handle<[string, { html?: string }]>(async (context, run, { html }) => {
        const { projectFolder } = await import('../project-folder.ts')
        const { withProject } = await import('../../../services/projects.ts')
        const { showReport } = await import('../../../services/reports.ts')
        const shown = await withProject(projectFolder(context), (project) => showReport(project, run, html === undefined ? undefined : resolve(html)))
        context.result(shown, () => reportText(shown))
      }),
    )
}
