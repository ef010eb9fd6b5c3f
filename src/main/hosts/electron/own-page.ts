/** Scheme of the page's address. */
export const PAGE_SCHEME = 'app'

/** Where the page lives: an origin of its own, which no web site and no file shares. */
export const PAGE_ORIGIN = `${PAGE_SCHEME}://millrace`

/** Copying text by a button; everything else a page could ask for (camera, location, notifications …) is refused. */
const GRANTED: ReadonlySet<string> = new Set(['clipboard-sanitized-write'])

/** True for addresses of Millrace's own page. */
export function isOwnPage(address: string): boolean {
  return address === PAGE_ORIGIN || address.startsWith(`${PAGE_ORIGIN}/`)
}

/** What a page makes by itself, and the tools for web pages in a checkout. */
const LOCAL_SCHEMES: ReadonlySet<string> = new Set(['blob:', 'data:', 'devtools:'])

/** True for requests that reach nothing but the own page, what it made, and the tools for it. */
export function stays(address: string): boolean {
  const [scheme] = /^[a-z-]+:/.exec(address) ?? []
  return isOwnPage(address) || (scheme !== undefined && LOCAL_SCHEMES.has(scheme))
}

/** Whether a page at this address may have a permission. */
export function isGranted(permission: string, address: string): boolean {
  return GRANTED.has(permission) && isOwnPage(address)
}
