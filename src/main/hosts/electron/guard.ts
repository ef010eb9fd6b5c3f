import { app, session } from 'electron'
import { isGranted, isOwnPage, stays } from './own-page.ts'

/** Keeps every page where it is: no permissions, no other addresses, no new windows, no embedded guests, no request that leaves the machine. */
export function guardPages(): void {
  const own = session.defaultSession
  own.setPermissionRequestHandler((_, permission, answer, details) => answer(isGranted(permission, details.requestingUrl)))
  own.setPermissionCheckHandler((_, permission, origin) => isGranted(permission, origin))
  own.setDevicePermissionHandler(() => false)
  // The policy of the page says the same; this holds for whatever gets around it.
  own.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !stays(url) }))
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
