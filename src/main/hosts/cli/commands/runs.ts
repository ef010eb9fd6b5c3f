import type { Command } from 'commander'
import type { Project } from '../../../store/project.ts'
import { refuseUnknownSubcommand, type AddCommand } from '../command.ts'
import type { CliContext } from '../context.ts'
import { formatComparison, formatDeletion, formatRunDetail, formatRunList } from '../format/run.ts'

type Services = typeof import('../../../services/runs.ts')

/** Work on the project that the command names, with the services of runs. */
async function onRuns<T>(context: CliContext, work: (project: Project, services: Services) => T | Promise<T>): Promise<T> {
  const { projectFolder } = await import('../project-folder.ts')
  const { withProject } = await import('../../../services/projects.ts')
  const services = await import('../../../services/runs.ts')
  return withProject(projectFolder(context), (project) => work(project, services))
}

async function list(context: CliContext): Promise<void> {
  const runs = await onRuns(context, (project, services) => services.listRuns(project))
  context.result({ runs }, () => runs.length === 0 ? context.hint('No runs yet. Start one with: millrace run PIPELINE.yaml\n') : formatRunList(runs, context.paint))
}

/** `runs [list | show RUN | compare RUN RUN… | delete RUN]`: what was run, and what came of it. */
export const addRuns: AddCommand = (program, handle) => {
  const runs: Command = program
    .command('runs')
    .description('runs of the project: list, show, compare, delete')
    .allowExcessArguments()
    .action((options: unknown, command: Command) => {
      refuseUnknownSubcommand(command)
      return handle(list)(options, command)
    })
  runs.command('list').description('list all runs, the newest first').action(handle(list))
  runs
    .command('show')
    .argument('<run>', 'id such as r0001, or "latest"')
    .description('steps, scores and log of one run')
    .action(
      handle<[string]>(async (context, id) => {
        const run = await onRuns(context, (project, services) => services.showRun(project, id))
        context.result({ run }, () => formatRunDetail(run, context.paint))
      }),
    )
  runs
    .command('compare')
    .argument('<runs...>', 'two ids or more')
    .description('parameters that differ, and all scores, side by side')
    .action(
      handle<[readonly string[]]>(async (context, ids) => {
        const comparison = await onRuns(context, (project, services) => services.compareRuns(project, ids))
        context.result(comparison, () => formatComparison(comparison))
      }),
    )
  runs
    .command('delete')
    .argument('<run>', 'id such as r0001')
    .description('delete a run and free the space of what only it used')
    .action(
      handle<[string]>(async (context, id) => {
        const deletion = await onRuns(context, (project, services) => services.deleteRun(project, id))
        context.result(deletion, () => formatDeletion(deletion))
      }),
    )
}
