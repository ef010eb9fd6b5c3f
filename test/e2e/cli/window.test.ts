import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { decodeMessage, encodeMessage } from '../../../src/shared/contract/wire.ts'
import { start, type Running } from './command-line.ts'

const addressSchema = z.object({ json: z.literal(1), address: z.string(), port: z.number() })
const jobsSchema = z.object({ ok: z.literal(true), value: z.object({ jobs: z.array(z.object({ title: z.string(), state: z.string(), project: z.string() })) }) })

/** Waits for a text that ends the start of the window. */
async function until(running: Running, ready: () => boolean): Promise<void> {
  while (!ready()) {
    if (running.child.exitCode !== null) throw new Error(`It ended: ${running.err()}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** Opens the address as a browser does, and asks the engine in its session. */
async function ask(address: string, method: string, input: unknown): Promise<unknown> {
  const { origin } = new URL(address)
  const cookie = (await fetch(address)).headers.get('set-cookie')?.split(';')[0] ?? ''
  const answer = await fetch(`${origin}/api/call/${method}`, { method: 'POST', headers: { cookie, origin, 'content-type': 'application/octet-stream' }, body: encodeMessage(input) })
  return decodeMessage(await answer.arrayBuffer())
}

test('start without a display serves the window, with the sample project at work, and ends in order', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'millrace-start-'))
  const environment = { ...process.env }
  for (const name of ['DISPLAY', 'WAYLAND_DISPLAY']) delete process.env[name]
  process.env['MILLRACE_CONFIG'] = join(cwd, 'config')
  try {
    const shown = start(['start', '--no-open'], { cwd })
    await until(shown, () => shown.out().includes('Ctrl-C to stop'))
    expect(shown.err()).toContain('There is no display here, so the window is served to a browser instead.')
    expect(shown.err()).toContain('Created a sample project and started its pipeline')
    expect(existsSync(join(cwd, 'millrace-sample', 'project.db'))).toBe(true)
    const address = /http:\/\/127\.0\.0\.1:\d+\/open\/\S+/.exec(shown.out())?.[0] ?? ''
    const { value } = jobsSchema.parse(await ask(address, 'activity.list', {}))
    expect(value.jobs).toMatchObject([{ title: 'Run churn', state: 'running', project: join(cwd, 'millrace-sample') }])
    shown.child.kill('SIGINT')
    expect((await shown.done).code).toBe(0)

    const again = start(['start', '--no-open', '--json'], { cwd })
    await until(again, () => again.out().endsWith('}\n'))
    const said = addressSchema.parse(JSON.parse(again.out()))
    expect(said.address).toContain(`:${String(said.port)}/open/`)
    expect(again.err()).toBe('')
    again.child.kill('SIGINT')
    expect((await again.done).code).toBe(0)
  } finally {
    process.env = environment
  }
})

test.each(['x', '-1', '70000'])('port %s is no port', async (port) => {
  const { code, err } = await start(['ui', '--no-open', '--port', port], { cwd: tmpdir() }).done
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(`is no port`) })
})
