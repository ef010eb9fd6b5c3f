import { resolve } from 'node:path'
import { Option } from 'commander'
import { MillraceError } from '#shared/errors.ts'
import type { ReadingOptions } from '../../../data/sources/reading-options.ts'
import type { AddCommand } from '../command.ts'
import { countOf, formatSeconds } from '../format/quantity.ts'
import { createJobProgress } from '../progress/job-progress.ts'
import { addReadingOptions, readingOptions } from '../reading-options.ts'

type Options = ReadingOptions & {
  readonly model?: string
  readonly deployment?: string
  readonly input: string
  readonly output: string
  readonly keepInput?: boolean
  readonly formulas?: 'guard' | 'keep'
  readonly onInvalid: 'error' | 'missing'
}

/** The model that the options name; exactly one of the two. */
function wantedModel(options: Options): { model: string } | { deployment: string } {
  if (options.model !== undefined && options.deployment === undefined) return { model: options.model }
  if (options.deployment !== undefined && options.model === undefined) return { deployment: options.deployment }
  throw new MillraceError({
    code: 'usage',
    headline: 'Name either a model or a deployment',
    nextStep: 'Give --deployment D, or --model M (NAME or NAME@VERSION), not both.',
  })
}

function formulasOfNothing(): MillraceError {
  return new MillraceError({
    code: 'usage',
    headline: '--formulas is about the columns that --keep-input keeps',
    nextStep: 'Add --keep-input, or leave out --formulas.',
  })
}

/** `predict`: one line of predictions per row of a file. */
export const addPredict: AddCommand = (program, handle) => {
  const command = program
    .command('predict')
    .description('predict every row of a file with a model or a deployment')
    .option('--deployment <name>', 'deployment to ask')
    .option('--model <name>', 'model to ask: NAME for the newest version, or NAME@VERSION')
    .requiredOption('--input <file>', 'rows to predict: CSV, TSV or Parquet with the columns of the training data')
    .requiredOption('--output <file>', 'CSV file to write, one line per row, in order')
    .option('--keep-input', "put the input's columns before the predictions")
    .addOption(
      new Option('--formulas <rule>', 'with --keep-input: text that a spreadsheet would run as a formula (it begins with = + - @) gets an apostrophe, or stays as it is (default: keep)').choices(['guard', 'keep']),
    )
    .addOption(
      new Option('--on-invalid <rule>', 'cells that are no numbers in number columns: stop with an error, or take them as missing')
        .choices(['error', 'missing'])
        .default('error'),
    )
  addReadingOptions(command)
    .addHelpText('after', '\nExample:\n  millrace predict --deployment churn --input new.csv --output scored.csv --keep-input\n')
    .action(
      handle<[Options]>(async (context, options) => {
        const wanted = wantedModel(options)
        if (options.formulas !== undefined && options.keepInput !== true) throw formulasOfNothing()
        const { projectFolder } = await import('../project-folder.ts')
        const { withProject } = await import('../../../services/projects.ts')
        const { predictFile } = await import('../../../services/predictions.ts')
        const request = {
          ...wanted,
          input: resolve(context.terminal.cwd, options.input),
          output: resolve(context.terminal.cwd, options.output),
          keepInput: options.keepInput === true,
          formulas: options.formulas,
          onInvalid: options.onInvalid,
          reading: readingOptions(options),
        }
        const progress = createJobProgress(context, 'predict')
        const done = await withProject(projectFolder(context), (project) =>
          predictFile(project, request, { signal: context.abortFlag(), onProgress: progress.show }),
        ).finally(progress.end)
        context.result(done, () => `${countOf(done.rows, 'row')} predicted by ${done.model.name}@${String(done.model.version)} in ${formatSeconds(done.seconds)}: ${done.output}\n`)
      }),
    )
}
