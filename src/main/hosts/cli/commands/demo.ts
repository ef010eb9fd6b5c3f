import { join, resolve } from 'node:path'
import type { EvaluationReport } from '#shared/domain/evaluation.ts'
import type { RunSummary } from '#shared/domain/run.ts'
import { systemClock } from '../../../base/clock.ts'
import type { PredictionFile } from '../../../services/predictions.ts'
import type { Template } from '../../../services/templates/template.ts'
import type { AddCommand } from '../command.ts'
import type { CliContext } from '../context.ts'
import { countOf, formatSeconds } from '../format/quantity.ts'
import { formatScores } from '../format/scores.ts'
import { shellWord } from '../format/shell-word.ts'
import { formatPairs, formatTable } from '../format/table.ts'
import { invocation, shortPath } from '../invocation.ts'
import { createRunProgress } from '../progress/run-progress.ts'

const templateId = 'churn'

type Shown = {
  readonly folder: string
  readonly summary: RunSummary
  readonly report: EvaluationReport | undefined
  readonly predictions: PredictionFile
  readonly riskiest: readonly (readonly string[])[]
  readonly template: Template
}

/** Columns of the table of the riskiest customers, beside the probability. */
const shownColumns = ['contract', 'tenure_months', 'usage_change_percent', 'support_calls']

async function work(context: CliContext, folder: string): Promise<Shown> {
  const { initProject, isProject, templateOf, withProject } = await import('../../../services/projects.ts')
  const { runPipelineFile } = await import('../../../services/runs.ts')
  const { evaluationOf } = await import('../../../services/reports.ts')
  const { predictFile } = await import('../../../services/predictions.ts')
  const { topRows } = await import('../../../services/top-rows.ts')
  const template = templateOf(templateId)
  if (isProject(folder)) {
    context.remark(`The sample project is there already: ${folder}\nWhat did not change since is reused.\n\n`)
  } else {
    await initProject(folder, templateId)
    context.remark(`Created a sample project: ${folder}\n${template.help}.\n\n`)
  }
  return withProject(folder, async (project) => {
    const signal = context.abortFlag()
    const onEvent = createRunProgress(context, systemClock)
    const summary = await runPipelineFile(project, { file: join(folder, template.pipeline), set: [], force: [] }, { signal, onEvent })
    const { input, output, deployment, identifier, positive } = template.predict
    const file = join(folder, output)
    const request = { deployment, input: join(folder, input), output: file, keepInput: true, onInvalid: 'error' as const }
    const predictions = await predictFile(project, request, { signal })
    const probability = `p_${positive}`
    const riskiest = await topRows(file, probability, [identifier, probability, ...shownColumns], 5)
    return { folder, summary, report: await evaluationOf(project, summary.run), predictions, riskiest, template }
  })
}

function evaluationText({ report, summary }: Shown, context: CliContext): string {
  if (report === undefined) return ''
  const sentences = [...report.comparison, ...report.warnings].map((sentence) => `  ${sentence}\n`)
  const lead = `How good is the model? Asked about ${countOf(report.rows, 'customer')} that it has never seen:\n`
  return ['\n', context.paint.strong(lead), ...sentences, '\n', formatScores(summary.metrics ?? {}, summary.baseline)].join('')
}

function riskiestText({ riskiest, predictions, template }: Shown, context: CliContext): string {
  const rows = riskiest.map(([id = '', probability = '', ...rest]) => [`  ${id}`, `${(100 * Number(probability)).toFixed(1)} %`, ...rest])
  const titles = [{ title: `  ${template.predict.identifier}` }, { title: 'leaves with', align: 'right' as const }, ...shownColumns.map((title) => ({ title, align: 'right' as const }))]
  return `\n${context.paint.strong(`${countOf(predictions.rows, 'new customer')} scored in ${formatSeconds(predictions.seconds)}. The five most likely to leave:`)}\n${formatTable(titles, rows)}`
}

function nextText({ folder, summary, predictions, template }: Shown, context: CliContext): string {
  const { cwd } = context.terminal
  const short = (path: string): string => shortPath(path, cwd)
  const call = invocation(cwd)
  const project = `--project ${shellWord(short(folder))}`
  const places = formatPairs([
    ['  project', short(folder)],
    ['  pipeline', `${short(join(folder, template.pipeline))}   (a text file: read it, change it, run it again)`],
    ['  predictions', short(predictions.output)],
    ['  model', `${summary.model === undefined ? '' : `${summary.model.name}@${String(summary.model.version)}`}, deployed as "${template.predict.deployment}"`],
  ])
  const commands = [
    [`${call} runs ${project}`, 'all runs and their scores'],
    [`${call} explain latest ${project}`, 'why each step ran or was reused'],
    [`${call} models show ${template.predict.deployment} ${project}`, 'what the model looks at'],
    [`${call} run ${shellWord(short(join(folder, template.pipeline)))} --set train.estimator=linear`, 'another learner; only what depends on it runs'],
    [`${call} init my-project`, 'a project for your own data'],
    [`${call} import FILE.csv --project my-project`, 'what is in a file: types, gaps, surprises'],
  ]
  const list = commands.map(([command = '', what = '']) => `  ${command}\n      ${what}\n`).join('')
  return `\n${context.paint.strong('Where everything lies')}\n${places}\n${context.paint.strong('What to do next')}\n${list}`
}

/** `demo`: a sample project from raw file to predictions, in under a minute. */
export const addDemo: AddCommand = (program, handle) => {
  program
    .command('demo')
    .option('--dir <dir>', 'folder of the sample project', 'millrace-sample')
    .description('a sample project, from raw file to predictions; a second start reuses it')
    .action(
      handle<[{ readonly dir: string }]>(async (context, options) => {
        const shown = await work(context, resolve(context.terminal.cwd, options.dir))
        const { folder, summary, report, predictions } = shown
        context.result({ project: folder, run: summary, comparison: report?.comparison ?? [], predictions }, () =>
          [evaluationText(shown, context), riskiestText(shown, context), nextText(shown, context)].join(''),
        )
      }),
    )
}
