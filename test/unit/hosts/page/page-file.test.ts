import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pageFile } from '../../../../src/main/hosts/page/page-file.ts'

const folder = join('/', 'app', 'out', 'renderer')

test.each([
  ['/', 'index.html', 'text/html; charset=utf-8'],
  ['/index.html', 'index.html', 'text/html; charset=utf-8'],
  ['/assets/index-1a2b.js', 'assets/index-1a2b.js', 'text/javascript; charset=utf-8'],
  ['/assets/a%20b.css', 'assets/a b.css', 'text/css; charset=utf-8'],
])('%s is the file %s', (address, path, type) => {
  const file = pageFile(folder, address)
  expect(file?.path).toBe(join(folder, path))
  expect(file?.headers['content-type']).toBe(type)
})

test('every file carries the policy', () => {
  const headers = pageFile(folder, '/')?.headers
  expect(headers?.['content-security-policy']).toContain("script-src 'self'")
  expect(headers?.['content-security-policy']).toContain("frame-ancestors 'none'")
  // Scripts come from the page's own origin and nowhere else; nothing is evaluated.
  expect(headers?.['content-security-policy']?.match(/script-src[^;]*/)?.[0]).toBe("script-src 'self'")
  expect(headers?.['content-security-policy']).not.toContain('unsafe-eval')
  expect(headers?.['x-content-type-options']).toBe('nosniff')
})

test.each(['/../secret.html', '/%2e%2e/secret.html', '/a/..%2f..%2fsecret.html', '/..%5csecret.html', '/C:/secret.html', '/%00.html', '/%zz.html', '/page.exe', '/folder'])(
  '%s is nothing',
  (address) => {
    expect(pageFile(folder, address)).toBeUndefined()
  },
)

test('no address leads outside the folder', () => {
  const part = fc.constantFrom('..', '.', '%2e%2e', '%2f', '%5c', 'a', 'index.html', '/', '\\', '%00')
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
      const file = pageFile(folder, `/${parts.join('/')}`)
      return file === undefined || file.path.startsWith(join(folder, '/'))
    }),
  )
})
