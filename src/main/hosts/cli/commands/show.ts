import { resolve } from 'node:path'
import { MillraceError } from '#shared/errors.ts'
import type { ShownRows } from '../../../services/rows.ts'
import type { AddCommand } from '../command.ts'
import { countOf, formatCount } from '../format/quantity.ts'
import { formatTable } from '../format/table.ts'
import { visibleText } from '../format/visible-text.ts'
import { createJobProgress } from '../progress/job-progress.ts'

type Options = {
  readonly rows?: number
  readonly offset: number
  readonly sort?: readonly string[]
  readonly where?: readonly string[]
  readonly columns?: string
  readonly csv?: string
  readonly keepFormulas?: boolean
}

/** Rows of a page where nothing is said, and characters of a cell on the screen. */
const ROWS = 20
const CELL = 40

const collect = (value: string, previous: readonly string[] | undefined): readonly string[] => [...(previous ?? []), value]

function wholeNumber(text: string): number {
  const value = Number(text)
  if (text.trim() !== '' && Number.isSafeInteger(value) && value >= 0) return value
  throw new MillraceError({ code: 'usage', headline: `"${text}" is no number of rows`, nextStep: 'Give a whole number from 0 on.', details: { value: text } })
}

function cellText(value: string | number | null | undefined): string {
  if (value === null || value === undefined || (typeof value === 'number' && Number.isNaN(value))) return ''
  const text = visibleText(String(value))
  return text.length > CELL ? `${text.slice(0, CELL - 1)}…` : text
}

function rowsText({ dataset, version, total, page }: ShownRows): string {
  const { offset, rows, columns } = page
  const cells = Array.from({ length: rows }, (_, row) => [formatCount(offset + row + 1), ...columns.map(({ values }) => cellText(values[row]))])
  const titles = [{ title: '', align: 'right' as const }, ...columns.map(({ name, kind }) => ({ title: name, align: kind === 'number' ? ('right' as const) : ('left' as const) }))]
  const range = rows === 0 ? 'no rows here' : `rows ${formatCount(offset + 1)} to ${formatCount(offset + rows)}`
  return `${formatTable(titles, cells)}\n${dataset}@${String(version)}: ${range} of ${formatCount(total)}\n`
}

/** Cells as JSON: numbers as numbers, empty ones as null. */
function rowsJson({ page, ...about }: ShownRows): object {
  const columns = page.columns.map(({ kind, name, values }) => ({ name, kind, values: Array.from<string | number | null>(values).map((value) => (typeof value === 'number' && !Number.isFinite(value) ? null : value)) }))
  return { ...about, offset: page.offset, rows: page.rows, columns }
}

/** `show DATASET`: rows of a dataset, sorted and filtered, on the screen or as a CSV file. */
export const addShow: AddCommand = (program, handle) => {
  program
    .command('show')
    .argument('<dataset>', 'NAME for the newest version, or NAME@VERSION')
    .option('--rows <n>', `most rows (default: ${String(ROWS)}; with --csv all)`, wholeNumber)
    .option('--offset <n>', 'rows to pass over', wholeNumber, 0)
    .option('--sort <column[:desc]>', 'sort by a column; may be given again', collect)
    .option('--where <condition>', 'only rows that meet it, e.g. "age >= 30", "city contains york", "email is missing"; may be given again', collect)
    .option('--columns <a,b>', 'columns to show, in this order')
    .option('--csv <file>', 'write the rows to a file instead')
    .option('--keep-formulas', 'with --csv: text that begins with = + - @ stays as it is, though spreadsheets may run it as a formula')
    .description('look at the rows of a dataset')
    .addHelpText('after', '\nExamples:\n  millrace show customers --sort age:desc --where "city = Lyon"\n  millrace show customers@1 --columns name,age --csv names.csv\n')
    .action(
      handle<[string, Options]>(async (context, dataset, options) => {
        const { projectFolder } = await import('../project-folder.ts')
        const { withProject } = await import('../../../services/projects.ts')
        const { showRows, writeRowsFile } = await import('../../../services/rows.ts')
        const request = {
          dataset,
          offset: options.offset,
          rows: options.rows,
          sort: options.sort ?? [],
          where: options.where ?? [],
          columns: options.columns?.split(',').map((name) => name.trim()),
        }
        const { csv } = options
        if (csv === undefined) {
          const shown = await withProject(projectFolder(context), (project) => showRows(project, { ...request, rows: options.rows ?? ROWS }, { signal: context.abortFlag() }))
          context.result(rowsJson(shown), () => rowsText(shown))
          return
        }
        const output = resolve(context.terminal.cwd, csv)
        const progress = createJobProgress(context, 'show')
        const written = await withProject(projectFolder(context), (project) =>
          writeRowsFile(project, { ...request, output, formulas: options.keepFormulas === true ? 'keep' : 'guard' }, { signal: context.abortFlag(), onProgress: progress.show }),
        ).finally(progress.end)
        context.result(written, () => `${countOf(written.rows, 'row')} of ${written.dataset}@${String(written.version)} written: ${written.output}\n`)
      }),
    )
}
