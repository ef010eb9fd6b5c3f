import { expect, test } from 'vitest'
import { bodyType, hostProblem, originProblem, type RequestOrigin } from '../../../../src/main/hosts/web/gate.ts'

const own: RequestOrigin = { method: 'POST', host: '127.0.0.1:4000', origin: 'http://127.0.0.1:4000', site: 'same-origin', type: bodyType }

test.each(['127.0.0.1', '127.0.0.1:4000', 'localhost:8080', 'LOCALHOST', '[::1]:9'])('%s is this machine', (host) => {
  expect(hostProblem({ host })).toBeUndefined()
})

test.each([undefined, '', 'evil.example', 'evil.example:4000', '127.0.0.1.evil.example', 'localhost.evil.example:80', '127.0.0.1@evil.example', '192.168.1.7:4000', '127.0.0.1:4000:1', '[::1'])(
  '%s is another machine',
  (host) => {
    const problem = hostProblem({ host })
    expect(problem?.data).toMatchObject({ code: 'refused', headline: 'The request names another machine' })
  },
)

test('the own page may speak, through a tunnel too', () => {
  expect(originProblem(own)).toBeUndefined()
  expect(originProblem({ ...own, host: 'localhost:8080', origin: 'http://localhost:8080' })).toBeUndefined()
  expect(originProblem({ ...own, method: 'GET', origin: undefined, type: undefined })).toBeUndefined()
})

test.each<[string, Partial<RequestOrigin>]>([
  ['another site', { site: 'cross-site' }],
  ['another port of this machine', { site: 'same-site' }],
  ['an address that was typed', { site: 'none' }],
  ['the page of another port, from a browser without Sec-Fetch-Site', { site: undefined, origin: 'http://127.0.0.1:5000' }],
  ['a sandboxed frame', { site: undefined, origin: 'null' }],
  ['a sender without an origin', { origin: undefined }],
  ['the same name over TLS', { origin: 'https://127.0.0.1:4000' }],
  ['a form', { type: 'application/x-www-form-urlencoded' }],
  ['a form that sends text', { type: 'text/plain' }],
  ['a sender without a type', { type: undefined }],
])('%s may not', (_, change) => {
  expect(originProblem({ ...own, ...change })?.data.code).toBe('refused')
})

test('what is said of a header is cut', () => {
  expect(originProblem({ ...own, origin: 'x'.repeat(5000) })?.message.length).toBeLessThan(300)
})
