import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '@playwright/test'

const PLACES: readonly string[] = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** Keeps the browser quiet: no network of its own, no sandbox inside containers, no graphics card. */
export const browserArguments: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Path of a Chromium on this machine, `MILLRACE_CHROMIUM` first; undefined where there is none. */
export function findBrowser(): string | undefined {
  const chosen = process.env['MILLRACE_CHROMIUM']
  const places = chosen === undefined ? [...PLACES, chromium.executablePath()] : [chosen]
  return places.find((place) => existsSync(place))
}

/** The browser's settings and caches go to a folder of their own, not to the user's. */
export function browserEnvironment(): Record<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-browser-'))
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return { ...Object.fromEntries(inherited), XDG_CONFIG_HOME: folder, XDG_CACHE_HOME: folder, TMPDIR: folder, LC_ALL: 'C.UTF-8' }
}
