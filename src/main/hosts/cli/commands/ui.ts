import type { AddCommand } from '../command.ts'
import { portOf } from '../port.ts'

type Options = { readonly port?: string; readonly open: boolean }

/** `ui`: the window, served to browsers on this machine. */
export const addUi: AddCommand = (program, handle) => {
  program
    .command('ui')
    .option('--port <n>', 'port to serve on (default: any that is free)')
    .option('--no-open', 'do not open the browser')
    .description('open the window in a browser on this machine')
    .addHelpText(
      'after',
      '\nOnly this machine can reach it. From another one, tunnel to it:\n  ssh -L 8080:127.0.0.1:8080 MACHINE     and there: millrace ui --port 8080 --no-open\n',
    )
    .action(
      handle<[Options]>(async (context, options) => {
        const { holdWindow } = await import('../window-session.ts')
        const { projectInReach } = await import('../project-folder.ts')
        await holdWindow(context, { project: projectInReach(context), port: portOf(options.port), open: options.open })
      }),
    )
}
