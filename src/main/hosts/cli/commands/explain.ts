import type { AddCommand } from '../command.ts'
import { formatExplanation } from '../format/run.ts'

/** `explain RUN [STEP]`: why steps were reused or ran. */
export const addExplain: AddCommand = (program, handle) => {
  program
    .command('explain')
    .argument('<run>', 'id such as r0001, or "latest"')
    .argument('[step]', 'one step; all if not said')
    .description('why a step was reused or ran')
    .action(
      handle<[string, string | undefined]>(async (context, run, step) => {
        const { projectFolder } = await import('../project-folder.ts')
        const { withProject } = await import('../../../services/projects.ts')
        const { explainRun } = await import('../../../services/runs.ts')
        const steps = await withProject(projectFolder(context), (project) => explainRun(project, run, step))
        const [only] = steps
        context.result(step !== undefined && only !== undefined ? only : { run: only?.run ?? run, steps }, () =>
          steps.map((explanation) => formatExplanation(explanation, context.paint, Math.max(...steps.map((one) => one.step.length)))).join(''),
        )
      }),
    )
}
