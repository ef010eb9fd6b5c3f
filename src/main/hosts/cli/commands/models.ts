import type { ModelDetail, ModelListEntry } from '../../../services/models.ts'
import { refuseUnknownSubcommand, type AddCommand } from '../command.ts'
import type { CliContext } from '../context.ts'
import { formatBytes } from '../../../base/byte-size.ts'
import { countOf, formatScore, formatTime } from '../format/quantity.ts'
import { formatPairs, formatTable } from '../format/table.ts'
import type { Command } from 'commander'

function validationText(model: ModelListEntry): string {
  return model.validation === undefined
    ? ''
    : `${model.validation.metric} ${formatScore(model.validation.mean)} ± ${formatScore(model.validation.deviation)}${model.validation.rows === undefined ? '' : ` on ${countOf(model.validation.rows, 'row')}`}`
}

function listText(models: readonly ModelListEntry[]): string {
  return formatTable(
    [{ title: 'model' }, { title: 'task' }, { title: 'target' }, { title: 'learner' }, { title: 'validated' }, { title: 'made' }, { title: 'size', align: 'right' }, { title: 'deployed as' }],
    models.map((model) => [
      `${model.name}@${String(model.version)}`,
      model.task,
      model.target,
      model.estimator,
      validationText(model),
      `${formatTime(model.createdAt)}${model.run === undefined ? '' : ` by ${model.run}`}`,
      formatBytes(model.bytes),
      model.deployments.join(', '),
    ]),
  )
}

function detailText(model: ModelDetail): string {
  const pairs: [string, string][] = [
    ['model', `${model.name}@${String(model.version)}`],
    ['task', `${model.task} of ${model.target}`],
    ['learner', `${model.estimator}: ${model.summary}`],
    ['trained on', countOf(model.trainingRows, 'row')],
  ]
  if (model.classes.length > 0) pairs.push(['classes', model.classes.map((name) => (name === model.positive ? `${name} (positive)` : name)).join(', ')])
  if (model.validation !== undefined) pairs.push([model.validation.rows === undefined ? 'cross-validation' : 'validation', validationText(model)])
  if (model.deployments.length > 0) pairs.push(['deployed as', model.deployments.join(', ')])
  pairs.push(['reads', model.inputs.map((input) => input.name).join(', ')], ['hash', model.hash])
  const importance = model.importance.slice(0, 15).map((entry) => [`  ${entry.column}`, `${(100 * entry.value).toFixed(1)} %`])
  const shares = importance.length === 0 ? '' : `\nShare of each column in what the model says\n${formatTable([{ title: '  column' }, { title: 'share', align: 'right' }], importance)}`
  return formatPairs(pairs) + shares
}

async function list(context: CliContext): Promise<void> {
  const { projectFolder } = await import('../project-folder.ts')
  const { withProject } = await import('../../../services/projects.ts')
  const { listModels } = await import('../../../services/models.ts')
  const models = await withProject(projectFolder(context), listModels)
  context.result({ models }, () => (models.length === 0 ? context.hint('No models yet. Train one with: millrace run PIPELINE.yaml\n') : listText(models)))
}

/** `models [list | show MODEL]`: the models of a project. */
export const addModels: AddCommand = (program, handle) => {
  const models: Command = program
    .command('models')
    .description('models of the project, or one of them')
    .allowExcessArguments()
    .action((options: unknown, command: Command) => {
      refuseUnknownSubcommand(command)
      return handle(list)(options, command)
    })
  models.command('list').description('list all model versions').action(handle(list))
  models
    .command('show')
    .argument('<model>', 'NAME for the newest version, or NAME@VERSION')
    .description('what a model learnt, reads and scores')
    .action(
      handle<[string]>(async (context, wanted) => {
        const { projectFolder } = await import('../project-folder.ts')
        const { withProject } = await import('../../../services/projects.ts')
        const { showModel } = await import('../../../services/models.ts')
        const model = await withProject(projectFolder(context), (project) => showModel(project, wanted))
        context.result({ model }, () => detailText(model))
      }),
    )
}
