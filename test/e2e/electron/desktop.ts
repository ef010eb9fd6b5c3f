import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { findDesktop } from '../../../src/main/hosts/cli/desktop.ts'
import { launchElectron } from './real.ts'
import { launchStandIn } from './stand-in/launch.ts'

/** What the system was asked to show. */
export type Told = { readonly dialogs: readonly { readonly kind: string; readonly options: unknown }[]; readonly revealed: readonly string[] }

/** The desktop application, started from its built entry: Electron where its runtime is found, the stand-in elsewhere. */
export type DesktopApp = {
  readonly kind: 'electron' | 'stand-in'
  /** Address of the window's page, without the place in it. */
  readonly origin: string
  /** The page in the window as it is now. */
  page(): Promise<Page>
  /** Answers the dialog that waits, or the next one. */
  answer(answer: object): Promise<void>
  /** Clicks an item of the menu by its labels; false where there is none. */
  click(...labels: readonly string[]): Promise<boolean>
  /** Ends the page's process. */
  crash(): Promise<void>
  /** Quits as the menu does. */
  quit(): Promise<void>
  told(): Promise<Told>
  /** Resolves once the application has ended. */
  readonly ended: Promise<void>
  close(): Promise<void>
}

/** How the application is started. */
export type DesktopOptions = { readonly given: readonly string[]; readonly environment: Readonly<Record<string, string>> }

const root = join(import.meta.dirname, '../../..')

/** The built entry; specs are skipped before `npm run build`. */
export const builtEntry = join(root, 'out', 'main', 'index.js')

/** Starts the built application. */
export async function launchDesktop(options: DesktopOptions): Promise<DesktopApp> {
  if (!existsSync(builtEntry)) throw new Error('There is no built entry: run "npm run build" first')
  const desktop = findDesktop()
  return 'executable' in desktop ? launchElectron(desktop.executable, root, options) : launchStandIn(builtEntry, options)
}
