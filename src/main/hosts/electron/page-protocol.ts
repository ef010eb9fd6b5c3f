import { readFile } from 'node:fs/promises'
import { protocol } from 'electron'
import { pageFile } from './page-file.ts'

const SCHEME = 'app'

/** Where the page lives: an origin of its own, which no web site and no file shares. */
export const PAGE_ORIGIN = `${SCHEME}://millrace`

/** Makes `app:` a standard, secure scheme; must run before Electron is ready. */
export function declarePageScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } }])
}

/** Answers `app://millrace/…` with the files of the built page in `folder`, and everything else with 404. */
export function servePage(folder: string): void {
  protocol.handle(SCHEME, async (request) => {
    const { host, pathname } = new URL(request.url)
    const file = host === 'millrace' ? pageFile(folder, pathname) : undefined
    if (file === undefined) return notFound()
    try {
      return new Response(new Uint8Array(await readFile(file.path)), { headers: { ...file.headers } })
    } catch {
      return notFound()
    }
  })
}

function notFound(): Response {
  return new Response('Not found', { status: 404 })
}
