import { defineConfig } from '@playwright/test'
import type { PerWorker } from './test/e2e/window/fixture.ts'
import { browserArguments, browserEnvironment, findBrowser } from './test/e2e/browser/find-browser.ts'

const executablePath = findBrowser()

export default defineConfig<object, Pick<PerWorker, 'through'>>({
  testDir: 'test/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'out/test-results',
  timeout: 60_000,
  // The engine's first answer of a kind loads what it needs; machines that test are slow.
  expect: { timeout: 20_000 },
  // What takes the time is waiting for screens to settle: a second worker, with an engine of its own, uses it.
  workers: 2,
  globalSetup: './test/e2e/window/global-setup.ts',
  reporter: 'list',
  use: {
    browserName: 'chromium',
    // Scroll bars take room on most desktops, and so they do here.
    viewport: { width: 1440, height: 900 },
    launchOptions: { ...(executablePath === undefined ? {} : { executablePath }), args: [...browserArguments], env: browserEnvironment(), ignoreDefaultArgs: ['--hide-scrollbars'] },
  },
  projects: [
    { name: 'web', grepInvert: /@desktop-only/, use: { through: 'web' } },
    // A selection: what differs between the hosts is how the page reaches the engine.
    { name: 'desktop', grep: /@desktop/, use: { through: 'desktop' } },
  ],
})
