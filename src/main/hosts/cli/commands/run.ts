import { dirname, resolve } from 'node:path'
import { systemClock } from '../../../base/clock.ts'
import type { AddCommand } from '../command.ts'
import { formatForecast } from '../format/forecast.ts'
import { formatRunSummary } from '../format/run.ts'
import { shellWord } from '../format/shell-word.ts'
import { invocation, shortPath } from '../invocation.ts'
import { createRunProgress } from '../progress/run-progress.ts'

type Options = { readonly set?: readonly string[]; readonly force?: readonly string[]; readonly dryRun?: boolean }

const collect = (value: string, previous: readonly string[] | undefined): readonly string[] => [...(previous ?? []), value]

/** `run PIPELINE.yaml`: runs what changed, reuses the rest. */
export const addRun: AddCommand = (program, handle) => {
  program
    .command('run')
    .argument('<pipeline>', 'pipeline file (YAML)')
    .option('--set <step.param=value>', 'change a parameter for this run; may be given again', collect)
    .option('--force <step>', 'run a step although nothing changed ("all" for every step); may be given again', collect)
    .option('--dry-run', 'say what would run or be reused and why, and what it would need; run nothing')
    .description('run a pipeline: what changed runs, the rest is reused')
    .addHelpText(
      'after',
      '\nExamples:\n  millrace run churn.yaml\n  millrace run churn.yaml --set train.estimator=linear --set split.test=0.3\n  millrace run churn.yaml --force train\n  millrace run churn.yaml --dry-run\n',
    )
    .action(
      handle<[string, Options]>(async (context, pipeline, options) => {
        const { projectFolder } = await import('../project-folder.ts')
        const { withProject } = await import('../../../services/projects.ts')
        const { runPipelineFile } = await import('../../../services/runs.ts')
        const file = resolve(context.terminal.cwd, pipeline)
        const folder = projectFolder(context, [dirname(file)])
        const request = { file, set: options.set ?? [], force: options.force ?? [] }
        if (options.dryRun === true) {
          const { forecastPipelineFile } = await import('../../../services/pipeline-forecast.ts')
          const forecast = await withProject(folder, (project) => forecastPipelineFile(project, request))
          context.result(forecast, () => formatForecast(forecast, context.paint))
          return
        }
        const summary = await withProject(folder, (project) =>
          runPipelineFile(project, request, { signal: context.abortFlag(), onEvent: createRunProgress(context, systemClock) }),
        )
        context.result(summary, () => {
          const { cwd } = context.terminal
          const inside = shortPath(cwd, folder) !== cwd || cwd === folder
          const about = inside ? '' : ` --project ${shellWord(shortPath(folder, cwd))}`
          const next = `${invocation(cwd)} predict --deployment ${shellWord(summary.deployment ?? '')} --input FILE --output FILE${about}`
          return formatRunSummary(summary, context.paint) + (summary.deployment === undefined ? '' : `\nNext: ${next}\n`)
        })
      }),
    )
}
