type Handler = (request: Request) => Response | Promise<Response>

const domain = 'stand-in.test'

/** Who answers the addresses of a scheme. */
export const handlers = new Map<string, Handler>()

/** True for the web addresses that stand for addresses of own schemes. */
export function isWeb(url: URL): boolean {
  return url.hostname.endsWith(`.${domain}`)
}

/** `app://millrace/index.html` as an address that any Chromium knows. */
export function toWeb(address: string): string {
  const [, scheme = '', host = '', rest = ''] = /^([a-z]+):\/\/([^/]*)(.*)$/s.exec(address) ?? []
  return handlers.has(scheme) ? `https://${host}.${scheme}.${domain}${rest}` : address
}

/** The address of an own scheme that a web address stands for; others come back as they are. */
export function fromWeb(address: string): string {
  if (!URL.canParse(address) || !isWeb(new URL(address))) return address
  const { hostname, pathname, search, hash } = new URL(address)
  const parts = hostname.slice(0, -domain.length - 1).split('.')
  const scheme = parts.pop() ?? ''
  return `${scheme}://${parts.join('.')}${pathname}${search}${hash}`
}

export const protocol = {
  registerSchemesAsPrivileged: (): void => undefined,
  handle: (scheme: string, handler: Handler): void => {
    handlers.set(scheme, handler)
  },
}

/** Refusals of the session are Electron's to enforce; the unit tests look at the handlers. */
export const session = {
  defaultSession: {
    setPermissionRequestHandler: (): void => undefined,
    setPermissionCheckHandler: (): void => undefined,
    setDevicePermissionHandler: (): void => undefined,
    webRequest: { onBeforeRequest: (): void => undefined },
  },
}
