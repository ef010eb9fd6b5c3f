import { EventEmitter } from 'node:events'

/** A double of the module `electron`: starts at once, and prints what the built entry asked of it as one line of JSON. */
type Handler = (request: Request) => Promise<Response>

let handler: Handler | undefined

export const app = Object.assign(new EventEmitter(), {
  requestSingleInstanceLock: () => true,
  enableSandbox: () => undefined,
  whenReady: () => Promise.resolve(),
  quit: () => undefined,
})
export const Menu = { setApplicationMenu: () => undefined }
export const nativeTheme = Object.assign(new EventEmitter(), { shouldUseDarkColors: false })
export const protocol = {
  registerSchemesAsPrivileged: () => undefined,
  handle: (_scheme: string, given: Handler) => {
    handler = given
  },
}
export const session = {
  defaultSession: {
    setPermissionRequestHandler: () => undefined,
    setPermissionCheckHandler: () => undefined,
    setDevicePermissionHandler: () => undefined,
  },
}

type Options = { readonly webPreferences: { readonly preload: string } }

export class BrowserWindow extends EventEmitter {
  static readonly getAllWindows = (): BrowserWindow[] => []
  readonly options: Options

  constructor(options: Options) {
    super()
    this.options = options
  }

  async loadURL(url: string): Promise<void> {
    const response = await handler?.(new Request(url))
    const page = { url, status: response?.status, text: await response?.text(), policy: response?.headers.get('content-security-policy') }
    process.stdout.write(`${JSON.stringify({ preload: this.options.webPreferences.preload, page })}\n`)
  }
}
