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

  it('refuses a message of the wrong shape and names the field', async () => {
    const result = await engine.call('app.saveSettings', { theme: 'pink' })
    expect(result).toMatchObject({ ok: false, error: { code: 'refused', message: expect.stringContaining('app.saveSettings: theme') as string } })
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
