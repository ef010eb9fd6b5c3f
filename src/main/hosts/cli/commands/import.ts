import { resolve } from 'node:path'
import type { RunEvent } from '#shared/domain/run.ts'
import { MillraceError } from '#shared/errors.ts'
import { systemClock } from '../../../base/clock.ts'
import type { ReadingOptions } from '../../../data/sources/reading-options.ts'
import type { ImportedDataset } from '../../../services/datasets.ts'
import type { AddCommand } from '../command.ts'
import type { Paint } from '../format/paint.ts'
import { countOf, formatCount } from '../format/quantity.ts'
import { formatTable } from '../format/table.ts'
import { createRunProgress } from '../progress/run-progress.ts'
import { addReadingOptions, readingOptions } from '../reading-options.ts'

type Options = ReadingOptions & { readonly name?: string; readonly type?: Readonly<Record<string, string>> }

function addType(text: string, previous: Readonly<Record<string, string>> | undefined): Readonly<Record<string, string>> {
  const at = text.lastIndexOf('=')
  if (at <= 0) throw new MillraceError({ code: 'usage', headline: `"${text}" sets no type`, nextStep: 'Write it as --type column=category.', details: { value: text } })
  return { ...previous, [text.slice(0, at)]: text.slice(at + 1) }
}

/** Events without the step's remarks: the result lists them as what was found. */
function withoutLog(show: (event: RunEvent) => void): (event: RunEvent) => void {
  return (event) => {
    if (event.type !== 'step-log') show(event)
  }
}

const quoted = (text: string | null): string => (text === '\t' ? 'tab' : text === null || text === '' ? 'none' : `"${text}"`)

function datasetText(imported: ImportedDataset, paint: Paint): string {
  const { source } = imported
  const how =
    source.format === 'parquet'
      ? 'Parquet'
      : `${source.encoding ?? ''}, delimiter ${quoted(source.delimiter)}, ${source.header === true ? 'with' : 'without'} a header`
  const columns = imported.columns.map((column) => [
    column.name,
    column.type,
    column.role,
    formatCount(column.missing),
    formatCount(column.distinct),
    paint.quiet(column.reason),
  ])
  const findings = imported.findings.map((finding) => `  ${finding.message}\n`)
  return [
    `Dataset ${paint.strong(imported.dataset)} version ${String(imported.version)}: ${countOf(imported.rows, 'row')}, ${countOf(imported.columns.length, 'column')}`,
    `${imported.reused ? ' (imported before; reused)' : ''}\n`,
    `Read from ${source.file} (${how})\n\n`,
    formatTable([{ title: 'column' }, { title: 'type' }, { title: 'role' }, { title: 'missing', align: 'right' }, { title: 'distinct', align: 'right' }, { title: 'why' }], columns),
    ...(findings.length === 0 ? [] : ['\nWhat was found\n', ...findings]),
  ].join('')
}

/** `import FILE…`: files become dataset versions. */
export const addImport: AddCommand = (program, handle) => {
  addReadingOptions(
    program
      .command('import')
      .argument('<files...>', 'CSV, TSV or Parquet')
      .option('--name <name>', "name of the dataset (default: the file's name)"),
  )
    .option('--type <column=type>', 'type of a column where the guess is wrong; may be given again', addType)
    .description('read files into dataset versions')
    .addHelpText('after', '\nExamples:\n  millrace import customers.csv\n  millrace import export.txt --name customers --delimiter ";" --type zip=category\n')
    .action(
      handle<[readonly string[], Options]>(async (context, files, options) => {
        if (options.name !== undefined && files.length > 1) {
          throw new MillraceError({ code: 'usage', headline: 'One name for several files', nextStep: 'Leave out --name, or import the files one by one.' })
        }
        const { projectFolder } = await import('../project-folder.ts')
        const { withProject } = await import('../../../services/projects.ts')
        const { importFile } = await import('../../../services/datasets.ts')
        const { name, type } = options
        const reading = readingOptions(options)
        const imported = await withProject(projectFolder(context), async (project) => {
          const done: ImportedDataset[] = []
          for (const file of files) {
            const effects = { signal: context.abortFlag(), onEvent: withoutLog(createRunProgress(context, systemClock)) }
            done.push(await importFile(project, resolve(context.terminal.cwd, file), { name, reading, types: type }, effects))
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
