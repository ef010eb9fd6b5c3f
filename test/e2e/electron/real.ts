import { _electron } from '@playwright/test'
import type { DesktopApp, DesktopOptions, Told } from './desktop.ts'

type Kept = { told: { dialogs: { kind: string; options: unknown }[]; revealed: string[] }; answers: unknown[]; waiting: ((answer: unknown) => void)[] }

/** Starts the application on Electron itself, with the system's dialogs answered by the spec. */
export async function launchElectron(executablePath: string, root: string, { given, environment }: DesktopOptions): Promise<DesktopApp> {
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const application = await _electron.launch({ executablePath, args: ['--no-sandbox', root, ...given], env: { ...Object.fromEntries(inherited), ...environment } })
  await application.evaluate(({ dialog, shell }) => {
    const kept: Kept = { told: { dialogs: [], revealed: [] }, answers: [], waiting: [] }
    Object.assign(globalThis, { kept })
    const show = (kind: string) => (...all: unknown[]) => {
      kept.told.dialogs.push({ kind, options: JSON.parse(JSON.stringify(all.at(-1))) })
      return new Promise((resolve) => {
        if (kept.answers.length > 0) resolve(kept.answers.shift())
        else kept.waiting.push(resolve)
      })
    }
    Object.assign(dialog, { showOpenDialog: show('open'), showSaveDialog: show('save'), showMessageBox: show('message') })
    Object.assign(shell, { showItemInFolder: (path: string) => void kept.told.revealed.push(path) })
  })
  const first = await application.firstWindow()
  await first.waitForLoadState()
  const answer = (answer: object): Promise<void> =>
    application.evaluate((_, answer) => {
      const { kept } = globalThis as unknown as { kept: Kept }
      const waiting = kept.waiting.shift()
      if (waiting === undefined) kept.answers.push(answer)
      else waiting(answer)
    }, answer)
  return {
    kind: 'electron',
    origin: 'app://millrace',
    page: () => application.firstWindow(),
    answer,
    click: (...labels) =>
      application.evaluate(({ Menu }, labels) => {
        let items = Menu.getApplicationMenu()?.items ?? []
        let found: (typeof items)[number] | undefined
        for (const label of labels) {
          found = items.find((item) => item.label.replace('&', '') === label || item.label === label)
          items = found?.submenu?.items ?? []
        }
        found?.click()
        return found !== undefined
      }, labels),
    crash: () =>
      application.evaluate(({ BrowserWindow }) => {
        BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer()
      }),
    quit: () =>
      application.evaluate(({ app }) => {
        setImmediate(() => {
          app.quit()
        })
      }),
    told: (): Promise<Told> => application.evaluate(() => (globalThis as unknown as { kept: Kept }).kept.told),
    ended: new Promise((resolve) => {
      application.on('close', () => {
        resolve()
      })
    }),
    async close() {
      // It may be asked whether running work shall stop.
      await answer({ response: 1 })
      await application.close()
    },
  }
}
