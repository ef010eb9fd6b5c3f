import type { Command } from 'commander'
import type { DeploymentEntry } from '#shared/contract/deployments.ts'
import type { Project } from '../../../store/project.ts'
import { refuseUnknownSubcommand, type AddCommand } from '../command.ts'
import type { CliContext } from '../context.ts'
import { formatScore, formatTime } from '../format/quantity.ts'
import { formatTable } from '../format/table.ts'

type Services = typeof import('../../../services/deployments.ts')

/** Work on the project that the command names, with the services of deployments. */
async function onDeployments<T>(context: CliContext, work: (project: Project, services: Services) => T): Promise<T> {
  const { projectFolder } = await import('../project-folder.ts')
  const { withProject } = await import('../../../services/projects.ts')
  const services = await import('../../../services/deployments.ts')
  return withProject(projectFolder(context), (project) => work(project, services))
}

function listText(deployments: readonly DeploymentEntry[]): string {
  return formatTable(
    [{ title: 'deployment' }, { title: 'serves' }, { title: 'since' }, { title: 'score', align: 'right' }, { title: 'rolls back to' }],
    deployments.map(({ name, serves, since, previous }) => [name, serves.model, formatTime(since), serves.score === null ? '' : `${serves.score.metric} ${formatScore(serves.score.value)}`, previous ?? '']),
  )
}

function servesText({ name, serves }: DeploymentEntry): string {
  return `Deployment ${name} serves ${serves.model}.\n`
}

async function list(context: CliContext): Promise<void> {
  const deployments = await onDeployments(context, (project, services) => services.listDeployments(project))
  context.result({ deployments }, () => (deployments.length === 0 ? context.hint('Nothing is deployed. Deploy a model with: millrace deploy MODEL --name NAME\n') : listText(deployments)))
}

/** `deploy MODEL --name NAME`: a deployment serves a model version from now on. */
export const addDeploy: AddCommand = (program, handle) => {
  program
    .command('deploy')
    .argument('<model>', 'NAME for the newest version, or NAME@VERSION')
    .requiredOption('--name <name>', 'name of the deployment; one that is there gets the new model')
    .description('serve a model under a name')
    .action(
      handle<[string, { name: string }]>(async (context, model, { name }) => {
        const deployment = await onDeployments(context, (project, services) => services.deployModel(project, name, model, Date.now()))
        context.result({ deployment }, () => servesText(deployment))
      }),
    )
}

/** `deployments [list | show NAME | rollback NAME | remove NAME]`: what is served under which name, and was. */
export const addDeployments: AddCommand = (program, handle) => {
  const deployments: Command = program
    .command('deployments')
    .description('what is served under which name: list, show, rollback, remove')
    .allowExcessArguments()
    .action((options: unknown, command: Command) => {
      refuseUnknownSubcommand(command)
      return handle(list)(options, command)
    })
  deployments.command('list').description('list all deployments').action(handle(list))
  deployments
    .command('show')
    .argument('<name>', 'name of the deployment')
    .description('what a deployment serves and served')
    .action(
      handle<[string]>(async (context, name) => {
        const deployment = await onDeployments(context, (project, services) => services.showDeployment(project, name))
        const history = deployment.history.map(({ at, how, model, run }) => [formatTime(at), model ?? '', `${how}${run === null ? '' : ` ${run}`}`])
        context.result({ deployment }, () => `${listText([deployment])}\n${formatTable([{ title: 'from' }, { title: 'model' }, { title: 'how' }], history)}`)
      }),
    )
  deployments
    .command('rollback')
    .argument('<name>', 'name of the deployment')
    .description('serve again what was served before')
    .action(
      handle<[string]>(async (context, name) => {
        const deployment = await onDeployments(context, (project, services) => services.rollBack(project, name, Date.now()))
        context.result({ deployment }, () => servesText(deployment))
      }),
    )
  deployments
    .command('remove')
    .argument('<name>', 'name of the deployment')
    .description('take a deployment away; its model stays')
    .action(
      handle<[string]>(async (context, name) => {
        await onDeployments(context, (project, services) => {
          services.removeDeployment(project, name, Date.now())
        })
        context.result({ removed: name }, () => `Deployment ${name} is removed; its model stays.\n`)
      }),
    )
}
