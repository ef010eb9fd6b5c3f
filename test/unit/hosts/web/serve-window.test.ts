import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { decodeMessage, encodeMessage } from '../../../../src/shared/contract/wire.ts'
import type { LogLine } from '../../../../src/main/base/log.ts'
import { createLog } from '../../../../src/main/base/log.ts'
import { serveWindow, type ServedWindow } from '../../../../src/main/hosts/web/serve-window.ts'

type Answer = { readonly status: number; readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>; readonly body: Buffer }

const folder = mkdtempSync(join(tmpdir(), 'millrace-web-'))
const lines: LogLine[] = []
let served: ServedWindow
let base: string
let cookie: string
let openedPage: string
let setCookie: string

/** A request whose every header is chosen, `Host` too. */
function ask(path: string, { method = 'GET', headers = {}, body }: { method?: string; headers?: Record<string, string>; body?: Uint8Array } = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(`${base}${path}`, { method, headers, agent: false }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) })
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

const messageOf = ({ body }: Answer): unknown => decodeMessage(new Uint8Array(body).buffer)
const own = (more: Record<string, string> = {}): Record<string, string> => ({ cookie, origin: base, 'content-type': 'application/octet-stream', ...more })
const call = (method: string, input: unknown, headers: Record<string, string> = own()): Promise<Answer> => ask(`/api/call/${method}`, { method: 'POST', headers, body: encodeMessage(input) })

beforeAll(async () => {
  process.env['MILLRACE_CONFIG'] = join(folder, 'config')
  const page = join(folder, 'page')
  mkdirSync(join(page, 'assets'), { recursive: true })
  writeFileSync(join(page, 'index.html'), '<p>the page</p>')
  writeFileSync(join(page, 'assets', 'index.js'), 'the script')
  writeFileSync(join(page, 'assets', 'index.js.gz'), gzipSync('the script'))
  served = await serveWindow({ log: createLog(Date.now, (line) => lines.push(line)), page, uploads: join(folder, 'uploads'), project: '/data/my project' })
  base = `http://127.0.0.1:${String(served.port)}`
  const opened = await ask(new URL(served.address()).pathname)
  openedPage = String(opened.body)
  ;[setCookie = ''] = (opened.headers['set-cookie'] ?? []) as readonly string[]
  cookie = setCookie.split(';')[0] ?? ''
})

afterAll(async () => {
  await served.close()
})

test('the address gives a session that scripts and other sites cannot see, and goes on to the page', () => {
  expect(setCookie).toMatch(/^millrace-\w+=[\w-]+; Path=\/; HttpOnly; SameSite=Strict$/)
  expect(openedPage).toContain('url=/?project=%2Fdata%2Fmy+project')
})

test('serves the page to who opened the address, with the policy', async () => {
  const { status, headers, body } = await ask('/', { headers: { cookie } })
  expect({ status, body: String(body) }).toEqual({ status: 200, body: '<p>the page</p>' })
  expect(headers['content-security-policy']).toContain("default-src 'none'")
  expect(headers['access-control-allow-origin']).toBeUndefined()
  expect(String((await ask('/assets/index.js', { headers: { cookie } })).body)).toBe('the script')
  expect((await ask('/assets/none.js', { headers: { cookie } })).status).toBe(404)
})

test('serves what was packed when the page was built to browsers that unpack it', async () => {
  const script = (accepted?: string): Promise<Answer> => ask('/assets/index.js', { headers: { cookie, ...(accepted === undefined ? {} : { 'accept-encoding': accepted }) } })
  for (const accepted of ['gzip, deflate, br', 'br;q=1, gzip;q=0.5', 'gzip']) {
    const { headers, body } = await script(accepted)
    expect(headers['content-encoding'], accepted).toBe('gzip')
    expect(headers['content-type']).toBe('text/javascript; charset=utf-8')
    expect(String(gunzipSync(body))).toBe('the script')
  }
  for (const accepted of [undefined, 'br', 'gzip;q=0', 'gzip;q=0.0, br', 'xgzip']) {
    const { headers, body } = await script(accepted)
    expect(headers['content-encoding'], accepted).toBeUndefined()
    expect(headers['vary']).toBe('accept-encoding')
    expect(String(body)).toBe('the script')
  }
  expect((await ask('/', { headers: { cookie, 'accept-encoding': 'gzip' } })).headers['content-encoding']).toBeUndefined()
  expect((await ask('/assets/index.js.gz', { headers: { cookie } })).status).toBe(404)
})

test('answers a call, and tells the engine’s refusals as results', async () => {
  const answer = await call('app.info', {})
  expect(answer.status).toBe(200)
  expect(messageOf(answer)).toMatchObject({ ok: true, value: { host: 'web', dialogs: false } })
  expect(messageOf(await call('app.saveSettings', { theme: 'pink' }))).toMatchObject({ ok: false, error: { code: 'refused', headline: 'The window sent a message of the wrong shape' } })
  expect(messageOf(await call('constructor.name', {}))).toMatchObject({ ok: false, error: { code: 'refused' } })
})

test('an address works once; fetching ahead does not use it up', async () => {
  const path = new URL(served.address()).pathname
  expect((await ask(path, { headers: { 'sec-purpose': 'prefetch;prerender' } })).status).toBe(503)
  expect((await ask(path)).status).toBe(200)
  const again = await ask(path)
  expect(again.status).toBe(401)
  expect(String(again.body)).toContain('used already')
  expect(again.headers['set-cookie']).toBeUndefined()
  // Who is in already just goes on.
  expect((await ask(path, { headers: { cookie } })).status).toBe(200)
})

test.each<[string, number, Record<string, string>, string]>([
  ['without a session', 401, { cookie: '' }, 'no session'],
  ['with a wrong session', 401, { cookie: 'millrace-abc=def' }, 'no session'],
  ['with another Host', 403, { host: 'evil.example' }, 'Host: "evil.example"'],
  ['from another Origin', 403, { origin: 'http://evil.example' }, 'Origin: "http://evil.example"'],
  ['from another site', 403, { 'sec-fetch-site': 'cross-site' }, 'Sec-Fetch-Site: "cross-site"'],
  ['from a form', 403, { 'content-type': 'text/plain' }, 'Content-Type: "text/plain"'],
])('a call %s is refused with a typed error and a line in the log that says why', async (_, status, change, why) => {
  const before = lines.length
  const answer = await call('app.info', {}, own(change))
  expect(answer.status).toBe(status)
  expect(messageOf(answer)).toMatchObject({ ok: false, error: { code: 'refused', nextStep: expect.stringContaining('millrace ui') } })
  expect(lines.slice(before)).toMatchObject([{ level: 'warn', message: expect.stringMatching(/^Refused POST \/api\/call\/app.info: /) }])
  expect(lines.at(-1)?.message).toContain(why)
})

test('the page, events and uploads need a session too', async () => {
  expect((await ask('/')).status).toBe(401)
  expect((await ask('/assets/index.js')).status).toBe(401)
  expect((await ask('/api/events')).status).toBe(401)
  expect((await ask('/api/upload?name=a.csv', { method: 'POST', headers: own({ cookie: '' }), body: new Uint8Array(9) })).status).toBe(401)
  expect((await ask('/', { headers: { cookie, host: 'evil.example' } })).status).toBe(403)
})

test.each<[string, Uint8Array]>([
  ['empty', new Uint8Array(0)],
  ['no message', new TextEncoder().encode('{"a":1}')],
  ['cut off', encodeMessage({ a: new Float64Array(10) }).slice(0, 40)],
  ['a lie about its length', new Uint8Array([255, 255, 255, 255, 1])],
  ['nested too deeply', encodeJson(`${'['.repeat(1e6)}${']'.repeat(1e6)}`)],
])('a body that is %s is refused', async (_, body) => {
  const answer = await ask('/api/call/app.info', { method: 'POST', headers: own(), body })
  expect(answer.status).toBe(400)
  expect(messageOf(answer)).toMatchObject({ ok: false, error: { code: 'refused', headline: 'The message cannot be read' } })
  expect(lines.at(-1)).toMatchObject({ level: 'warn', message: expect.stringMatching(/^Refused POST \/api\/call\/app.info: /) as string })
})

test('no log line holds the token of an address or the secret of a session', async () => {
  const { pathname } = new URL(served.address())
  const token = pathname.split('/').at(-1) ?? ''
  const before = lines.length
  // Each is refused before the token is looked at; it stays good.
  await ask(pathname, { headers: { host: 'evil.example' } })
  await ask(`${pathname}/more`)
  await ask(pathname, { method: 'POST', headers: own() })
  await ask(`/api/call/app.info?${token}`, { method: 'POST', headers: { host: `${token}.example` } })
  await call('app.info', {}, own({ origin: `http://evil.example/${token}` }))
  expect((await ask(pathname)).status).toBe(200)
  expect((await ask(pathname)).status).toBe(401)
  const told = lines.slice(before)
  expect(told).toHaveLength(6)
  for (const { message } of lines) {
    expect(message).not.toContain(token)
    expect(message).not.toContain(cookie.split('=')[1])
  }
})

/** Sends bytes as they are and gives what comes back until the server hangs up. */
function send(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect(served.port, '127.0.0.1', () => socket.write(bytes))
    socket.setEncoding('latin1').on('data', (text: string) => (answer += text))
    socket.on('error', reject)
    socket.on('close', () => {
      resolve(answer)
    })
  })
}

test.each<[string, string, string]>([
  ['is no HTTP', 'hello\r\n\r\n', '400'],
  ['has headers that are too large', `GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, '431'],
  ['has no Host', 'GET / HTTP/1.0\r\n\r\n', '400'],
  ['has a Host that is no name', 'GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n', '400'],
])('what %s is refused with a line in the log', async (_, bytes, status) => {
  const before = lines.length
  expect(await send(bytes)).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
  expect(lines.slice(before)).toMatchObject([{ level: 'warn', message: expect.stringMatching(/^Refused a request that/) }])
})

test.each([true, false])('a message that is too large is refused, its length said beforehand: %s', async (said) => {
  const body = new Uint8Array(6e6)
  const headers = own(said ? { 'content-length': String(body.length) } : { 'transfer-encoding': 'chunked' })
  const answer = await ask('/api/call/app.info', { method: 'POST', headers, body }).catch(() => undefined)
  // The server may end the connection before all was sent.
  if (answer !== undefined) expect(messageOf(answer)).toMatchObject({ ok: false, error: { code: 'refused', headline: 'The message is too large' } })
  expect(lines.at(-1)?.message).toContain('may have 5,000,000 bytes')
  expect((await call('app.info', {})).status).toBe(200)
})

test('an upload is streamed to the folder', async () => {
  const answer = await ask('/api/upload?name=..%2Fa%20b.csv', { method: 'POST', headers: own(), body: new TextEncoder().encode('a,b\n1,2\n') })
  expect(messageOf(answer)).toEqual({ ok: true, value: { path: join(folder, 'uploads', 'a b.csv') } })
})

test('what does not exist is refused with a typed error', async () => {
  expect((await ask('/api/nothing', { headers: { cookie } })).status).toBe(404)
  expect((await ask('/api/call/app.info', { headers: { cookie } })).status).toBe(404)
  const answer = await ask('/', { method: 'DELETE', headers: own() })
  expect(answer.status).toBe(404)
  expect(messageOf(answer)).toMatchObject({ ok: false, error: { code: 'refused' } })
  expect(lines.at(-1)?.message).toMatch(/^Refused DELETE \/: /)
})

test('no answer may be framed, embedded or taken for another type', async () => {
  for (const [path, headers] of [['/', {}], ['/', { cookie }], ['/nothing', { cookie }], ['/open/nothing', {}]] as const) {
    const { headers: told } = await ask(path, { headers })
    expect(told['content-security-policy'], path).toContain("frame-ancestors 'none'")
    expect(told['x-content-type-options'], path).toBe('nosniff')
    expect(told['cross-origin-resource-policy'], path).toBe('same-origin')
    expect(told['access-control-allow-origin'], path).toBeUndefined()
  }
  const { headers: told } = await call('app.info', {})
  expect([told['x-content-type-options'], told['cross-origin-resource-policy'], told['access-control-allow-origin']]).toEqual(['nosniff', 'same-origin', undefined])
})

test('a port in use is an error that says so', async () => {
  const log = createLog(Date.now, () => undefined)
  await expect(serveWindow({ log, page: folder, uploads: folder, port: served.port })).rejects.toMatchObject({ data: { code: 'busy', headline: `Port ${String(served.port)} is in use` } })
})

function encodeJson(json: string): Uint8Array {
  const text = new TextEncoder().encode(json)
  const bytes = new Uint8Array(4 + text.length)
  new DataView(bytes.buffer).setUint32(0, text.length, true)
  bytes.set(text, 4)
  return bytes
}
