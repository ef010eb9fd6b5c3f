import { readFile } from 'node:fs/promises'
import { protocol } from 'electron'
import { PAGE_SCHEME, isOwnPage } from './own-page.ts'
import { pageFile } from '../page/page-file.ts'

/** Makes `app:` a standard, secure scheme; must run before Electron is ready. */
export function declarePageScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: PAGE_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } }])
}

/** Answers `app://millrace/…` with the files of the built page in `folder`, and everything else with 404. */
export function servePage(folder: string): void {
  protocol.handle(PAGE_SCHEME, async (request) => {
    const file = isOwnPage(request.url) ? pageFile(folder, new URL(request.url).pathname) : undefined
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
