import { app, session } from 'electron'
import { PAGE_ORIGIN } from './page-protocol.ts'

/** Copying text by a button; everything else a page could ask for (camera, location, notifications …) is refused. */
const GRANTED: ReadonlySet<string> = new Set(['clipboard-sanitized-write'])

/** Whether a page of this origin may have a permission. */
export function isGranted(permission: string, origin: string): boolean {
  return GRANTED.has(permission) && isOwnPage(origin)
}

/** True for addresses of Millrace's own page. */
export function isOwnPage(address: string): boolean {
  return address === PAGE_ORIGIN || address.startsWith(`${PAGE_ORIGIN}/`)
}

/** Keeps every page where it is: no permissions, no other addresses, no new windows, no embedded guests. */
export function guardPages(): void {
  const own = session.defaultSession
  own.setPermissionRequestHandler((_, permission, answer, details) => answer(isGranted(permission, details.requestingUrl)))
  own.setPermissionCheckHandler((_, permission, origin) => isGranted(permission, origin))
  own.setDevicePermissionHandler(() => false)
  app.on('web-contents-created', (_, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.on('will-navigate', (event) => {
      if (!isOwnPage(event.url)) event.preventDefault()
    })
    contents.on('will-redirect', (event) => {
      if (!isOwnPage(event.url)) event.preventDefault()
    })
  })
}
