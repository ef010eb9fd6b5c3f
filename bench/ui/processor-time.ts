import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'

/** The system counts the time of processes in hundredths of a second. */
const TICK = 10

/** Milliseconds of the processor that a process and its threads had so far; undefined where the system has no such file. */
export async function processTime(pid: number): Promise<number | undefined> {
  const text = await readFile(`/proc/${String(pid)}/stat`, 'utf8').catch(() => undefined)
  // The name of the program may hold spaces; user and system time are the 14th and 15th field.
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ')
  return fields === undefined ? undefined : (Number(fields[11]) + Number(fields[12])) * TICK
}

/** Lets the browser count the processor time of the page's thread from now on; what comes back tells it in milliseconds. */
export async function pageTime(page: Page): Promise<() => Promise<number>> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
  return async () => {
    const { metrics } = await devtools.send('Performance.getMetrics')
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000
  }
}
