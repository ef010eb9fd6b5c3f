import { resolve } from 'node:path'
import type { AddCommand } from '../command.ts'
import { portOf } from '../port.ts'

type Options = { readonly dir: string; readonly port?: string; readonly open: boolean }

/** `start`: the window on the sample project, or on the one that `--project` names. */
export const addStart: AddCommand = (program, handle) => {
  program
    .command('start')
    .option('--dir <dir>', 'folder of the sample project', 'millrace-sample')
    .option('--port <n>', 'port to serve on where the window opens in a browser (default: any that is free)')
    .option('--no-open', 'do not open the browser')
    .description('the window on a sample project: on the desktop, or in a browser where that is not possible')
    .action(
      handle<[Options]>(async (context, options) => {
        const { findDesktop, runDesktop } = await import('../desktop.ts')
        const { holdWindow } = await import('../window-session.ts')
        const { projectFolder } = await import('../project-folder.ts')
        const named = context.project === undefined ? undefined : projectFolder(context)
        const folder = named ?? resolve(context.terminal.cwd, options.dir)
        const desktop = findDesktop()
        if ('executable' in desktop && (await runDesktop(context, desktop.executable, [named === undefined ? '--sample' : '--project', folder]))) return
        const why = 'lacks' in desktop ? desktop.lacks : 'The desktop window did not come up'
        context.remark(`${why}, so the window is served to a browser instead.\n`)
        await holdWindow(context, {
          project: folder,
          port: portOf(options.port),
          open: options.open,
          async onServed({ engine }) {
            if (named !== undefined) return
            const { openSample } = await import('../../../services/engine/open-sample.ts')
            const made = await openSample(engine, folder)
            context.remark(made ? `Created a sample project and started its pipeline: ${folder}\n` : `The sample project: ${folder}\n`)
          },
        })
      }),
    )
}
