import { extname, join } from 'node:path'
import { HEADER_POLICY } from '#shared/content-security-policy.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
}

/** A file of the built page and the headers it is served with. */
export type PageFile = { readonly path: string; readonly headers: Readonly<Record<string, string>> }

/**
 * The file that answers a path of the page's address, e.g. `/assets/index.js`; undefined for anything outside `folder`
 * and for kinds of file that the page does not have.
 */
export function pageFile(folder: string, addressPath: string): PageFile | undefined {
  const parts = decoded(addressPath)?.split('/').filter((part) => part !== '')
  if (parts === undefined || parts.some((part) => part === '.' || part === '..' || /[\\:\0]/.test(part))) return undefined
  const path = join(folder, ...(parts.length === 0 ? ['index.html'] : parts))
  const type = TYPES[extname(path)]
  if (type === undefined) return undefined
  return {
    path,
    headers: {
      'content-type': type,
      'content-security-policy': HEADER_POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    },
  }
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
