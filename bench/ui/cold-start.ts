import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Browser } from '@playwright/test'
import { sampleProject } from '../../test/e2e/window/sample-project.ts'
import { startWebHost } from '../../test/e2e/window/web-host.ts'
import type { BenchOptions, BenchResult } from '../result.ts'
import { viewport, withBrowser } from './browser.ts'
import { limited } from './limited.ts'
import { pageTime, processTime } from './processor-time.ts'

const STARTS = 5
/** Milliseconds from the command to a window that can be worked with, and kilobytes of its first screen. */
const LIMITS = { start: 2000, kilobytes: 1000 }

type Start = { readonly milliseconds: number; readonly answered: number; readonly host: number | undefined; readonly page: number; readonly gzipped: number; readonly sent: number; readonly files: number }

/** The web host is started on the sample project and its address opened in a browser that has never seen it; what the first screen loads is weighed. */
export async function coldStart({ report }: BenchOptions): Promise<readonly BenchResult[]> {
  const project = await sampleProject()
  const home = await mkdtemp(join(tmpdir(), 'millrace-bench-'))
  try {
    return await withBrowser(async (browser) => {
      const starts: Start[] = []
      for (let start = 0; start < STARTS; start++) {
        const once = await startOnce(browser, project, join(home, String(start)))
        report(`start ${String(start + 1)}: the address after ${once.answered.toFixed(0)} ms, the first screen after ${once.milliseconds.toFixed(0)} ms, with ${once.host?.toFixed(0) ?? 'unknown'} and ${once.page.toFixed(0)} ms of the processor in the host and the page; ${String(once.files)} files, ${once.sent.toFixed(0)} kB sent`)
        starts.push(once)
      }
      const [{ gzipped, files } = { gzipped: Number.NaN, files: 0 }] = starts
      return [
        limited('start', 'from the command to the first screen', starts.map(({ milliseconds }) => milliseconds), LIMITS.start),
        limited('start', 'processor time of host and page until then', starts.map(({ host = Number.NaN, page }) => host + page), LIMITS.start),
        { bench: 'ui bundle', case: 'files of the first screen, gzipped', ours: gzipped, peer: LIMITS.kilobytes, unit: 'kB', ratio: LIMITS.kilobytes / gzipped, note: `${String(files)} files; peer is the limit` },
      ]
    })
  } finally {
    await rm(dirname(project), { recursive: true, force: true })
    await rm(home, { recursive: true, force: true })
  }
}

/** One start; it counts until the screen shows what the sample came to and its main button can be pressed. */
async function startOnce(browser: Browser, project: string, home: string): Promise<Start> {
  const page = await browser.newPage({ viewport })
  const pageSpent = await pageTime(page)
  const bodies: Promise<{ readonly gzipped: number; readonly sent: number }>[] = []
  page.on('response', (response) => {
    const { pathname } = new URL(response.url())
    if (!pathname.startsWith('/assets/') && pathname !== '/') return
    const gzipped = response.body().then((body) => gzipSync(body).length)
    bodies.push(Promise.all([gzipped, response.request().sizes()]).then(([gzipped, sizes]) => ({ gzipped, sent: sizes.responseBodySize })))
  })
  const startedAt = performance.now()
  const host = await startWebHost({ project, home })
  try {
    const answered = performance.now() - startedAt
    await page.goto(await host.address())
    await page.getByRole('row', { name: /millrace-sample/ }).filter({ hasText: /ROC AUC 0\.\d{3}/ }).waitFor()
    await page.locator('button:enabled', { hasText: 'New project' }).waitFor()
    const milliseconds = performance.now() - startedAt
    const spent = { host: await processTime(host.pid), page: await pageSpent() }
    const all = await Promise.all(bodies)
    const kilobytes = (which: 'gzipped' | 'sent'): number => all.reduce((sum, body) => sum + body[which], 0) / 1000
    return { milliseconds, answered, ...spent, gzipped: kilobytes('gzipped'), sent: kilobytes('sent'), files: all.length }
  } finally {
    await page.close()
    await host.stop()
  }
}
