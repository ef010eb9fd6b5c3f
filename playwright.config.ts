import { defineConfig } from '@playwright/test'
import { browserArguments, browserEnvironment, findBrowser } from './test/e2e/browser/find-browser.ts'

const executablePath = findBrowser()

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'out/test-results',
  timeout: 60_000,
  workers: 1,
  reporter: 'list',
  use: {
    browserName: 'chromium',
    viewport: { width: 1440, height: 900 },
    launchOptions: { ...(executablePath === undefined ? {} : { executablePath }), args: [...browserArguments], env: browserEnvironment() },
  },
})
