import { availableParallelism, freemem, homedir, totalmem } from 'node:os'
import { join } from 'node:path'
import { MillraceError } from '#shared/errors.ts'
import { memoryBudget } from '../../../base/memory-budget.ts'
import { readVersion } from '../../../base/version.ts'
import type { Handlers } from '../context.ts'

let lastCpu = { at: process.hrtime.bigint(), usage: process.cpuUsage() }

/** Share of all cores that this process used since the last call, 0 … 1. */
function cpuShare(): number {
  const at = process.hrtime.bigint()
  const usage = process.cpuUsage()
  const used = usage.user + usage.system - lastCpu.usage.user - lastCpu.usage.system
  const passed = Number(at - lastCpu.at) / 1000
  lastCpu = { at, usage }
  return passed <= 0 ? 0 : Math.min(1, used / passed / availableParallelism())
}

/** The application: what it runs on, what the user chose. */
export const appHandlers: Handlers<'app'> = {
  async info(_, { host, settings, memoryLimit }) {
    const { projectsFolder } = await settings.read()
    return {
      version: readVersion(),
      host: host.kind,
      platform: process.platform,
      settingsFile: settings.path,
      projectsFolder: projectsFolder ?? join(homedir(), 'Millrace'),
      dialogs: host.choose !== undefined,
      notifications: host.notify !== undefined,
      memoryBytes: Math.floor(memoryBudget()),
      memoryFrom: memoryLimit.source(),
      machineMemoryBytes: totalmem(),
      threads: availableParallelism(),
    }
  },
  settings: (_, { settings }) => settings.read(),
  async saveSettings(change, { settings, memoryLimit, events }) {
    const saved = await settings.change(change)
    memoryLimit.apply(saved)
    events.emit({ topic: 'settings' })
    return saved
  },
  load: () => ({ residentBytes: process.memoryUsage.rss(), freeMemoryBytes: freemem(), cpu: cpuShare() }),
  async notify({ title, body }, { host }) {
    if (host.notify === undefined) throw new MillraceError({ code: 'unsupported', headline: 'Notifications are shown by the window itself here', nextStep: 'Nothing need be done.' })
    await host.notify(title, body)
    return {}
  },
}
