import { resolve } from 'node:path'
import type { RunEvent } from '#shared/domain/run.ts'
import { MillraceError } from '#shared/errors.ts'
import { systemClock } from '../../../base/clock.ts'
import type { ReadingOptions } from '../../../data/sources/reading-options.ts'
import type { ImportedDataset } from '../../../services/datasets.ts'
import type { AddCommand } from '../command.ts'
import type { CliContext } from '../context.ts'
import type { Paint } from '../format/paint.ts'
import { countOf, formatCount } from '../format/quantity.ts'
import { formatTable } from '../format/table.ts'
import { visibleText } from '../format/visible-text.ts'
import { createRunProgress } from '../progress/run-progress.ts'
import { addReadingOptions, readingOptions } from '../reading-options.ts'

type Options = ReadingOptions & { readonly name?: string; readonly union?: boolean; readonly type?: Readonly<Record<string, string>>; readonly role?: Readonly<Record<string, string>>; readonly missing?: Readonly<Record<string, readonly string[]>>; readonly sample?: number }

type ByColumn = Readonly<Record<string, string>>

function addType(text: string, previous: ByColumn | undefined): ByColumn {
  const at = text.lastIndexOf('=')
  if (at <= 0) throw new MillraceError({ code: 'usage', headline: `"${text}" sets no type`, nextStep: 'Write it as --type column=category.', details: { value: text } })
  return { ...previous, [text.slice(0, at)]: text.slice(at + 1) }
}

function addRole(text: string, previous: ByColumn | undefined): ByColumn {
  const at = text.lastIndexOf('=')
  if (at <= 0) throw new MillraceError({ code: 'usage', headline: `"${text}" sets no role`, nextStep: 'Write it as --role column=ignore.', details: { value: text } })
  return { ...previous, [text.slice(0, at)]: text.slice(at + 1) }
}

/** `TOKEN` for every column, or `column=TOKEN`. */
function addMissing(text: string, previous: Readonly<Record<string, readonly string[]>> = {}): Readonly<Record<string, readonly string[]>> {
  const at = text.lastIndexOf('=')
  const [column, token] = at < 0 ? ['*', text] : [text.slice(0, at), text.slice(at + 1)]
  if (column === '' || token === '') throw new MillraceError({ code: 'usage', headline: `"${text}" names no text for missing values`, nextStep: 'Write it as --missing=-200 or --missing column=-200.', details: { value: text } })
  return { ...previous, [column]: [...(previous[column] ?? []), token] }
}

function rowCount(text: string): number {
  const rows = Number(text)
  if (Number.isSafeInteger(rows) && rows > 0) return rows
  throw new MillraceError({ code: 'usage', headline: `"${text}" is no number of rows`, nextStep: 'Write it as --sample 100000.', details: { value: text } })
}

/** Events without the step's remarks: the result lists them as what was found. */
function withoutLog(show: (event: RunEvent) => void): (event: RunEvent) => void {
  return (event) => {
    if (event.type !== 'step-log') show(event)
  }
}

const quoted = (text: string | null): string => (text === '\t' ? 'tab' : text === null || text === '' ? 'none' : `"${text}"`)

/** How a file was read, in a few words. */
function reading(source: ImportedDataset['source']): string {
  const { format, part } = source
  const text = `${source.encoding ?? ''}, delimiter ${quoted(source.delimiter)}, ${source.header === true ? 'with' : 'without'} a header`
  if (format === 'parquet') return 'Parquet'
  if (format === 'json') return part === undefined || part === 'lines' || part === '$' ? 'JSON' : `JSON, records at "${part}"`
  if (format === 'xlsx') return `Excel workbook, sheet "${part ?? ''}", ${source.header === true ? 'with' : 'without'} a header`
  if (format === 'sqlite') return `SQLite, ${part ?? ''}`
  return format === 'files' ? countOf(source.files ?? 0, 'file') : text
}

/** What was imported before one failed is shown all the same: as text, or in the error's details under `--json`. */
function afterSome(error: unknown, done: readonly ImportedDataset[], context: CliContext): never {
  if (done.length === 0 || !(error instanceof MillraceError)) throw error
  if (context.json) throw new MillraceError({ ...error.data, details: { ...error.data.details, imports: done } }, error)
  context.result({}, () => `${done.map((dataset) => datasetText(dataset, context.paint)).join('\n')}\n`)
  throw error
}

/** Most columns that are listed. */
const SHOWN = 200

function datasetText(imported: ImportedDataset, paint: Paint): string {
  const { source } = imported
  const how = reading(source)
  const columns = imported.columns.slice(0, SHOWN).map((column) => [
    column.name,
    column.type,
    column.role,
    formatCount(column.missing),
    formatCount(column.distinct),
    paint.quiet(column.reason),
  ])
  const findings = imported.findings.map((finding) => `  ${visibleText(finding.message)}\n`)
  return [
    `Dataset ${paint.strong(imported.dataset)} version ${String(imported.version)}: ${countOf(imported.rows, 'row')}, ${countOf(imported.columns.length, 'column')}`,
    `${imported.reused ? ' (imported before; reused)' : ''}\n`,
    `Read from ${source.file} (${how})\n\n`,
    formatTable([{ title: 'column' }, { title: 'type' }, { title: 'role' }, { title: 'missing', align: 'right' }, { title: 'distinct', align: 'right' }, { title: 'why' }], columns),
    imported.columns.length > SHOWN ? `and ${countOf(imported.columns.length - SHOWN, 'more column')}; --json lists all\n` : '',
    ...(findings.length === 0 ? [] : ['\nWhat was found\n', ...findings]),
  ].join('')
}

/** `import FILE…`: files become dataset versions. */
export const addImport: AddCommand = (program, handle) => {
  addReadingOptions(
    program
      .command('import')
      .argument('<files...>', 'text (CSV, TSV, fixed width), Parquet, JSON, Excel workbook, SQLite; a folder or a quoted pattern is one table')
      .option('--name <name>', "name of the dataset (default: the file's name)")
      .option('--union', 'read all files as one table, columns by name'),
  )
    .option('--type <column=type>', 'type of a column where the guess is wrong; may be given again', addType)
    .option('--role <column=role>', 'what a column is for where the guess is wrong: feature, identifier or ignore; may be given again', addRole)
    .option('--missing <[column=]text>', 'text that means "no value", in one column or in all; may be given again', addMissing)
    .option('--sample <rows>', 'read a random sample of so many rows', rowCount)
    .description('read files into dataset versions')
    .addHelpText('after', '\nExamples:\n  millrace import customers.csv\n  millrace import export.txt --name customers --delimiter ";" --type zip=category\n  millrace import sales.xlsx --sheet 2024\n  millrace import "logs/*.jsonl" --name logs --file-column file\n')
    .action(
      handle<[readonly string[], Options]>(async (context, files, options) => {
        if (options.name !== undefined && files.length > 1 && options.union !== true) {
          throw new MillraceError({ code: 'usage', headline: 'One name for several files', nextStep: 'Leave out --name, import the files one by one, or join them with --union.' })
        }
        const { projectFolder } = await import('../project-folder.ts')
        const { withProject } = await import('../../../services/projects.ts')
        const { importFile } = await import('../../../services/datasets.ts')
        const { name, type, role, missing, sample } = options
        const reading = readingOptions(options)
        const imported = await withProject(projectFolder(context), async (project) => {
          const done: ImportedDataset[] = []
          const places = files.map((file) => resolve(context.terminal.cwd, file))
          for (const place of options.union === true ? [places] : places) {
            const effects = { signal: context.abortFlag(), onEvent: withoutLog(createRunProgress(context, systemClock)) }
            done.push(await importFile(project, place, { name, reading, types: type, roles: role, missing, sample }, effects).catch((error: unknown) => afterSome(error, done, context)))
          }
          return done
        })
        const [first] = imported
        context.result(imported.length === 1 && first !== undefined ? first : { imports: imported }, () =>
          imported.map((dataset) => datasetText(dataset, context.paint)).join('\n'),
        )
      }),
    )
}
