import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLog, type LogLine } from '../../../../src/main/base/log.ts'
import { createEngine, type Engine } from '../../../../src/main/services/engine/create-engine.ts'

let folder: string
let engine: Engine
let lines: LogLine[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-engine-'))
  lines = []
  engine = createEngine({ host: { kind: 'web' }, log: createLog(Date.now, (line) => lines.push(line)), settings: folder })
})

afterEach(async () => {
  await engine.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('engine', () => {
  it.each(['nothing', 'app.nothing', 'app.info.more', 'constructor.name', 'app.constructor', '__proto__.x', ''])('refuses the unknown method "%s" and logs it', async (name) => {
    const result = await engine.call(name, {})
    expect(result).toMatchObject({ ok: false, error: { code: 'refused' } })
    expect(lines).toHaveLength(1)
  })

  it('refuses a message of the wrong shape, names the field and logs it', async () => {
    const result = await engine.call('app.saveSettings', { theme: 'pink' })
    expect(result).toMatchObject({ ok: false, error: { code: 'refused', message: expect.stringContaining('app.saveSettings: theme') as string } })
    expect(lines).toMatchObject([{ level: 'warn', message: expect.stringContaining('app.saveSettings: theme') as string }])
  })

  it('logs what strangers write as one short line', async () => {
    await engine.call('app.info\n2026-01-01 info all is well', {})
    await engine.call('datasets.import', { project: '/p', paths: ['a'], [`\u001B[2J${'x'.repeat(1e6)}\n`]: 1 })
    await engine.call('datasets.import', { project: '/p', paths: ['a'], types: { [`\u001B[2J${'x'.repeat(1e6)}\n`]: 1 } })
    for (const { message } of lines) {
      expect(message.length).toBeLessThan(500)
      expect(message).not.toMatch(/\p{Cc}/u)
    }
  })

  it('keeps settings, and tells the windows', async () => {
    const topics: string[] = []
    engine.subscribe((event) => topics.push(event.topic))
    expect(await engine.call('app.settings', {})).toMatchObject({ ok: true, value: { theme: 'system' } })
    await engine.call('app.saveSettings', { confirmDeletion: false })
    await engine.call('app.saveSettings', { theme: 'dark' })
    expect(await engine.call('app.settings', {})).toMatchObject({ ok: true, value: { theme: 'dark', confirmDeletion: false } })
    expect(topics).toEqual(['settings', 'settings'])
  })

  it('says which work it does not know', async () => {
    expect(await engine.call('activity.cancel', { job: 'j99' })).toMatchObject({ ok: false, error: { code: 'not-found' } })
  })
})
