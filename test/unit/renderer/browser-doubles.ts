import { configure } from '@testing-library/react'

const nothing = (): void => undefined

class Observer {
  readonly observe = nothing
  readonly unobserve = nothing
  readonly disconnect = nothing
}

/** Puts into jsdom what it lacks of a browser, as far as the window's components ask for it. */
export function installBrowserDoubles(): void {
  // A loaded machine takes its time.
  configure({ asyncUtilTimeout: 20_000 })
  window.matchMedia ??= (query) => ({
    matches: false,
    media: query,
    onchange: null,
    addEventListener: nothing,
    removeEventListener: nothing,
    addListener: nothing,
    removeListener: nothing,
    dispatchEvent: () => true,
  })
  globalThis.ResizeObserver ??= Observer as unknown as typeof ResizeObserver
  globalThis.IntersectionObserver ??= Observer as unknown as typeof IntersectionObserver
  Range.prototype.getClientRects ??= () => [] as unknown as DOMRectList
  Range.prototype.getBoundingClientRect ??= () => new DOMRect()
  Element.prototype.scrollIntoView ??= nothing
  Element.prototype.setPointerCapture ??= nothing
  window.scrollTo = nothing
  Document.prototype.elementFromPoint ??= () => null
  if (!('fonts' in document)) Object.defineProperty(document, 'fonts', { value: { addEventListener: nothing, removeEventListener: nothing } })
}
