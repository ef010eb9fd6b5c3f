import { chromium, type Browser } from '@playwright/test'
import { browserArguments, browserEnvironment, findBrowser } from '../../test/e2e/browser/find-browser.ts'

/** Does some work with a browser of its own; throws where this machine has none. */
export async function withBrowser<T>(work: (browser: Browser) => Promise<T>): Promise<T> {
  const executablePath = findBrowser()
  if (executablePath === undefined) throw new Error('no Chromium on this machine: install it or set MILLRACE_CHROMIUM')
  const browser = await chromium.launch({ executablePath, args: [...browserArguments], env: browserEnvironment() })
  try {
    return await work(browser)
  } finally {
    await browser.close()
  }
}

/** The size of window that is measured in. */
export const viewport = { width: 1440, height: 900 }
