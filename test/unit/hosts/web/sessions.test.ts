import { expect, test } from 'vitest'
import { createSessions } from '../../../../src/main/hosts/web/sessions.ts'

test('a token opens one session and then nothing any more', () => {
  const sessions = createSessions()
  const token = sessions.issue()
  const secret = sessions.open(token)
  expect(secret).toMatch(/^[\w-]{43}$/)
  expect(sessions.open(token)).toBeUndefined()
  expect(sessions.holds(`other=1; ${sessions.cookieName}=${secret ?? ''}; more=2`)).toBe(true)
})

test('what is not a session is none', () => {
  const sessions = createSessions()
  const secret = sessions.open(sessions.issue()) ?? ''
  const { cookieName } = sessions
  for (const cookies of [undefined, '', 'x', cookieName, `${cookieName}=`, `${cookieName}=${secret}x`, `${cookieName}=${secret.toLowerCase()}`, `${cookieName}x=${secret}`, `x=${secret}`]) {
    expect(sessions.holds(cookies), String(cookies)).toBe(false)
  }
  expect(sessions.open('')).toBeUndefined()
  expect(sessions.open(secret)).toBeUndefined()
})

test('a session is of one server', () => {
  const [one, other] = [createSessions(), createSessions()]
  const secret = one.open(one.issue()) ?? ''
  expect(other.cookieName).not.toBe(one.cookieName)
  expect(other.holds(`${other.cookieName}=${secret}`)).toBe(false)
})
