import { expect, test } from 'vitest'
import { MillraceError } from '#shared/errors.ts'
import { systemError } from '../../../src/main/base/system-error.ts'

test.each([
  ['ENOSPC', 'disk-full'],
  ['EDQUOT', 'disk-full'],
  ['SQLITE_FULL', 'disk-full'],
  ['EACCES', 'io'],
  ['EROFS', 'io'],
  ['EMFILE', 'io'],
])('%s becomes an error that says what to do', (code, expected) => {
  const error = Object.assign(new Error(`${code}: words, write '/p'`), { code })
  expect(systemError(error)).toMatchObject({ data: { code: expected, message: `${code}: words, write '/p'` }, cause: error })
})

test('a database that may only be read is named', () => {
  const error = Object.assign(new Error('attempt to write a readonly database'), { code: 'SQLITE_READONLY_DBMOVED' })
  expect(systemError(error)).toMatchObject({ data: { code: 'io', message: expect.stringContaining('project.db') }, cause: error })
})

test('other errors stay as they are', () => {
  const plain = new TypeError('x')
  const ours = new MillraceError({ code: 'io', headline: 'h', nextStep: 'n' })
  expect([systemError(plain), systemError(ours), systemError('text')]).toEqual([plain, ours, 'text'])
})
