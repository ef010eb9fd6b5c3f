import { MillraceError } from '#shared/errors.ts'
import type { AddCommand } from '../command.ts'

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

function portOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const port = Number(text)
  if (/^\d+$/.test(text) && port <= 65_535) return port
  throw new MillraceError({ code: 'usage', headline: `"${text}" is no port`, nextStep: 'Name a number up to 65535, or leave --port out.', details: { value: text } })
}
