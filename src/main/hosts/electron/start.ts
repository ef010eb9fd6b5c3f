import { join } from 'node:path'
import { app, BrowserWindow, dialog } from 'electron'
import { toErrorData } from '#shared/errors.ts'
import { appRoot } from '../../base/app-root.ts'
import { createEngine, type Engine } from '../../services/engine/create-engine.ts'
import { openSample } from '../../services/engine/open-sample.ts'
import { settingsFolder } from '../../base/settings-folder.ts'
import { createSettingsFile } from '../../services/engine/settings-file.ts'
import { desktopFeatures } from './features.ts'
import { guardPages } from './guard.ts'
import { openLogFile } from './log-file.ts'
import { keepMenu, toFront } from './menu.ts'
import { declarePageScheme, servePage } from './page-protocol.ts'
import { holdLastWindow, quitInOrder } from './quit.ts'
import { recoverFromCrashes } from './recover.ts'
import { followThemeSetting } from './theme.ts'
import { serveEngine } from './transport.ts'
import { keepPlace, lastPlace } from './window-place.ts'
import { createWindow, focusWindow, showPage } from './window.ts'
import { wishOf, type Wish } from './wish.ts'

/** Starts the desktop host: one engine in this process, its work in threads; a second start only brings the first one's window to the front. */
export async function startElectron(given: readonly string[] = process.argv): Promise<void> {
  if (!app.requestSingleInstanceLock()) {
    app.quit()
    return
  }
  app.enableSandbox()
  declarePageScheme()
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })

  await app.whenReady()
  const log = await openLogFile(app.getPath('logs'))
  const engine = createEngine({ host: desktopFeatures(), log })
  const settings = createSettingsFile(settingsFolder(), log.warn)
  guardPages()
  servePage(join(appRoot, 'out', 'renderer'))
  serveEngine(engine, log)
  await followThemeSetting(engine, settings, log)
  keepMenu(engine, settings, log)
  const quitting = quitInOrder(engine)

  const open = async (project?: string): Promise<void> => {
    const window = createWindow(await lastPlace())
    keepPlace(window, log.warn)
    recoverFromCrashes(window, log)
    holdLastWindow(window, engine, quitting)
    await showPage(window, project)
  }
  app.on('second-instance', (_event, others: readonly string[]) => {
    focusWindow()
    void openWish(engine, wishOf(others)).then((project) => {
      if (project !== undefined) toFront({ kind: 'open-project', path: project })
      return project
    })
  })
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) void open()
  })
  await open(await openWish(engine, wishOf(given)))
}

/** The project that the command line asked for, made where it is the sample; the window opens without it where that fails, and says why. */
async function openWish(engine: Engine, { project, sample }: Wish): Promise<string | undefined> {
  if (sample === undefined) return project
  try {
    await openSample(engine, sample)
    return sample
  } catch (error) {
    const { headline, message, nextStep } = toErrorData(error)
    dialog.showErrorBox(headline, `${message}\n${nextStep}`)
    return undefined
  }
}
