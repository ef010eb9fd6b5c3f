import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { ColumnProfile } from '#shared/domain/profile.ts'
import { MillraceError } from '#shared/errors.ts'
import { systemClock } from '../../../base/clock.ts'
import type { ProfiledDataset } from '../../../services/profiles.ts'
import type { AddCommand } from '../command.ts'
import type { Paint } from '../format/paint.ts'
import { countOf, formatCount } from '../format/quantity.ts'
import { formatTable } from '../format/table.ts'
import { visibleText } from '../format/visible-text.ts'
import { createRunProgress } from '../progress/run-progress.ts'

type Options = {
  readonly target?: string
  readonly compare?: string
  readonly test?: string
  readonly group?: string
  readonly time?: string
  readonly html?: string
  readonly sample?: number
}

/** Columns that the text shows. */
const SHOWN = 60

function wholeNumber(text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value > 0) return value
  throw new MillraceError({ code: 'usage', headline: `"${text}" is no number of rows`, nextStep: 'Give a whole number from 1 on.', details: { value: text } })
}

function short(value: number | undefined): string {
  return value === undefined ? '' : String(Number(value.toPrecision(5)))
}

function middle({ numbers, dates, top }: ColumnProfile): string {
  if (dates !== null) return [dates.first, dates.last].map((moment) => new Date(moment).toISOString().split('T')[0]).join(' … ')
  if (numbers !== null) return [numbers.quantiles[0], numbers.quantiles[4], numbers.quantiles.at(-1)].map((found) => short(found?.value)).join(' … ')
  return top.slice(0, 3).map(({ value }) => visibleText(value.length > 20 ? `${value.slice(0, 19)}…` : value)).join(', ')
}

function profileText({ dataset, version, reused, page, profile }: ProfiledDataset, paint: Paint, html: string | undefined): string {
  const { columns, rows, sample, findings, overlap, repeatedRows } = profile
  const marks = { danger: paint.bad('danger '), warning: paint.strong('warning'), info: paint.quiet('info   ') } as const
  const table = formatTable(
    [{ title: 'column' }, { title: 'type' }, { title: 'missing', align: 'right' }, { title: 'distinct', align: 'right' }, { title: 'least … median … greatest, or most frequent' }],
    columns.slice(0, SHOWN).map((column) => [column.name, column.type, formatCount(column.missing), `${column.distinctExact ? '' : '~'}${formatCount(column.distinct)}`, middle(column)]),
  )
  return [
    `Dataset ${paint.strong(dataset)} version ${String(version)}: ${countOf(rows, 'row')}, ${countOf(columns.length, 'column')}${reused ? ' (profiled before; reused)' : ''}\n`,
    sample === null ? '' : `A sample: ${formatCount(sample.rows)} of ${countOf(sample.of, 'row')}, spread evenly; all figures are of the sample\n`,
    repeatedRows === null ? '' : `Repeated rows: ${formatCount(repeatedRows)}\n`,
    overlap === null ? '' : `Rows of the other dataset that stand here too: ${formatCount(overlap.shared)} of ${formatCount(overlap.rows)}\n`,
    '\n',
    table,
    columns.length > SHOWN ? `and ${countOf(columns.length - SHOWN, 'more column')}\n` : '',
    findings.length === 0 ? '\nNothing was found that needs a word\n' : '\nWhat was found\n',
    ...findings.map(({ severity, message, advice }) => `  ${marks[severity]}  ${visibleText(message)} ${paint.quiet(visibleText(advice))}\n`),
    `\nPage: ${html ?? page}\n`,
  ].join('')
}

/** `profile DATASET`: what a dataset is like, as text, data and a page. */
export const addProfile: AddCommand = (program, handle) => {
  program
    .command('profile')
    .argument('<dataset>', 'NAME for the newest version, NAME@VERSION, or a file, which is imported first')
    .option('--target <column>', 'column to predict: finds leaks and what goes with it')
    .option('--compare <dataset>', 'another dataset: finds rows that stand in both')
    .option('--test <dataset>', 'the same, for rows held out for testing')
    .option('--group <column>', 'with --compare: a column whose values must not stand in both')
    .option('--time <column>', 'with --compare: a column of dates; the other dataset should come later')
    .option('--html <file>', 'also write the page to a file')
    .option('--sample <rows>', 'look at about so many rows only', wholeNumber)
    .description('describe a dataset: columns, missing values, associations, leaks')
    .addHelpText('after', '\nExamples:\n  millrace profile customers --target churned --html customers.html\n  millrace profile train --test holdout --group customer_id\n')
    .action(
      handle<[string, Options]>(async (context, wanted, options) => {
        if (options.compare !== undefined && options.test !== undefined) {
          throw new MillraceError({ code: 'usage', headline: '--compare and --test name the same thing', nextStep: 'Give one of them.' })
        }
        const { projectFolder } = await import('../project-folder.ts')
        const { withProject } = await import('../../../services/projects.ts')
        const { profileVersion } = await import('../../../services/profiles.ts')
        const { checkOutputPlace } = await import('../../../serving/output-file.ts')
        const { refuseProjectFile } = await import('../../../services/own-files.ts')
        const { savePage } = await import('../../../services/save-page.ts')
        const html = options.html === undefined ? undefined : resolve(context.terminal.cwd, options.html)
        if (html !== undefined) await checkOutputPlace(html, [resolve(context.terminal.cwd, wanted)])
        const profiled = await withProject(projectFolder(context), async (project) => {
          // Known before the work is done rather than after.
          if (html !== undefined) refuseProjectFile(project.path, html)
          const effects = { signal: context.abortFlag(), onEvent: createRunProgress(context, systemClock) }
          const imported = async (name: string): Promise<string> => {
            const file = resolve(context.terminal.cwd, name)
            if (project.datasets.get(name) !== undefined || !existsSync(file)) return name
            const { importFile } = await import('../../../services/datasets.ts')
            const dataset = await importFile(project, file, {}, effects)
            context.remark(`Imported ${name} as ${dataset.dataset}@${String(dataset.version)}\n`)
            return `${dataset.dataset}@${String(dataset.version)}`
          }
          const other = options.compare ?? options.test
          const { target, group, time, sample } = options
          const request = { dataset: await imported(wanted), compare: other === undefined ? undefined : await imported(other), target, group, time, sample }
          const made = await profileVersion(project, request, effects)
          if (html !== undefined) await savePage(project, html, await readFile(made.page, 'utf8'))
          return made
        })
        const { page, ...rest } = profiled
        context.result({ ...rest, page: html ?? page }, () => profileText(profiled, context.paint, html))
      }),
    )
}
