import { resolve } from 'node:path'
import type { AddCommand } from '../command.ts'
import { invocation } from '../invocation.ts'
import { shellWord } from '../format/shell-word.ts'

/** `init DIR [--template NAME]`: makes a folder a project. */
export const addInit: AddCommand = (program, handle) => {
  program
    .command('init')
    .argument('<dir>', 'folder to make a project; it may exist and hold files')
    .option('--template <name>', 'start from an example: churn')
    .description('make a folder a project')
    .action(
      handle<[string, { readonly template?: string }]>(async (context, dir, options) => {
        const { initProject } = await import('../../../services/projects.ts')
        const made = await initProject(resolve(context.terminal.cwd, dir), options.template)
        context.result(made, () => {
          const files = made.files.map((file) => `  ${file}\n`).join('')
          const call = invocation(context.terminal.cwd)
          const next =
            made.pipeline === undefined
              ? `${call} import FILE --project ${shellWord(dir)}`
              : `${call} run ${shellWord(`${dir.replace(/\/$/, '')}/${made.pipeline}`)}`
          return `Project ${made.path}\n${files}Next: ${next}\n`
        })
      }),
    )
}
