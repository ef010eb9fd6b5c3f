type Listener = (event: unknown, message: unknown) => void
type Page = {
  millraceStandIn(channel: string, given: readonly unknown[]): Promise<unknown>
  millraceStandInTell?: (channel: string, message: unknown) => void
}

/**
 * Runs in the page before its own scripts, as text: gives the preload what Electron's sandbox gives it. It stands alone, because
 * nothing of this file comes along with it. Files get a path where a spec wrote one on them.
 */
export function runPreload(preload: (require: (name: string) => unknown, module: object, exports: object, process: object) => void): void {
  // Preloads run in the page itself, not in frames within it.
  if (window !== window.top) return
  const page = globalThis as unknown as Page
  const listeners = new Map<string, Set<Listener>>()
  const ipcRenderer = {
    invoke: (channel: string, ...given: unknown[]) => page.millraceStandIn(channel, given),
    on: (channel: string, listener: Listener) => listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener)),
    off: (channel: string, listener: Listener) => listeners.get(channel)?.delete(listener),
  }
  page.millraceStandInTell = (channel, message) => {
    for (const listener of listeners.get(channel) ?? []) listener({}, message)
  }
  // What crosses the bridge is copied and frozen; functions stay callable, and what they take and give is copied too.
  const across = (value: unknown): unknown => {
    if (typeof value === 'function') return (...given: unknown[]) => across((value as (...all: unknown[]) => unknown)(...given.map(across)))
    if (value instanceof Promise) return value.then(across)
    if (typeof value !== 'object' || value === null || value instanceof File) return value
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return structuredClone(value)
    if (Array.isArray(value)) return value.map(across)
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, across(part)]))
  }
  const contextBridge = {
    exposeInMainWorld: (name: string, value: unknown) => {
      Object.defineProperty(globalThis, name, { value: Object.freeze(across(value)), enumerable: true })
    },
  }
  const webUtils = { getPathForFile: (file: File & { readonly standInPath?: string }) => file.standInPath ?? '' }
  const require = (name: string): unknown => {
    if (name === 'electron') return { contextBridge, ipcRenderer, webUtils }
    throw new Error(`module not found: ${name} (the preload is sandboxed)`)
  }
  preload(require, { exports: {} }, {}, { platform: 'linux', versions: { electron: '0.0.0-stand-in' } })
}
