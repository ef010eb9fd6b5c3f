import { MillraceError } from '#shared/errors.ts'

/** What a request says of where it comes from; each header is undefined where it is missing. */
export type RequestOrigin = {
  readonly method: string
  readonly host: string | undefined
  readonly origin: string | undefined
  /** `Sec-Fetch-Site`, which pages cannot set. */
  readonly site: string | undefined
  readonly type: string | undefined
}

/** Names of this machine. A tunnel may change the port, so any port will do; a web site that points its own name here may not. */
const OWN_NAMES: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]'])

/** The type of every body: no form of a foreign page can send it. */
export const bodyType = 'application/octet-stream'

/** Why a request is not meant for this machine; undefined where it is. Keeps out web sites whose name was made to point here. */
export function hostProblem({ host }: Pick<RequestOrigin, 'host'>): MillraceError | undefined {
  const name = /^(\[[^\]]*\]|[^:]*)(?::\d{1,5})?$/.exec(host ?? '')?.[1]
  if (name !== undefined && OWN_NAMES.has(name.toLowerCase())) return undefined
  return refused('The request names another machine', `Host: ${shown(host)}`)
}

/** Why a request does not come from the window's own page; undefined where it does. */
export function originProblem(request: RequestOrigin): MillraceError | undefined {
  const { method, host, origin, site, type } = request
  if (site !== undefined && site !== 'same-origin') return refused('The request comes from another site', `Sec-Fetch-Site: ${shown(site)}`)
  // Browsers leave it out only where a page reads from its own origin.
  const sent = origin !== undefined || method !== 'GET'
  if (sent && origin !== `http://${host ?? ''}`) return refused('The request comes from another site', `Origin: ${shown(origin)}`)
  if (method !== 'GET' && type !== bodyType) return refused('The body is of a type that the window does not send', `Content-Type: ${shown(type)}`)
  return undefined
}

/** Why a request without a session gets nothing. */
export function noSession(): MillraceError {
  return refused('This window was not opened by the address that Millrace printed', 'The request carries no session.')
}

function refused(headline: string, message: string): MillraceError {
  return new MillraceError({ code: 'refused', headline, message, nextStep: 'Open the address that "millrace ui" prints; it works once per browser.' })
}

function shown(header: string | undefined): string {
  return header === undefined ? 'missing' : JSON.stringify(header.slice(0, 200))
}
