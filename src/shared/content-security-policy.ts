const DIRECTIVES: readonly string[] = [
  "default-src 'none'",
  "script-src 'self'",
  // Controls, grid, editor and plots write their rules into <style> elements while they run. A nonce would be the same in
  // every copy of this static page, so it would prove nothing. Styles run no code, and what they could leak by loading an
  // image, a font or a sheet is refused by the other lines: nothing but the page's own origin can be reached.
  "style-src 'self' 'unsafe-inline'",
  // Blobs of the page itself: a plot is drawn into one before it is saved as PNG.
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
]

/** What the page may load, as its own `<meta>` says it: its own files and nothing else. */
export const PAGE_POLICY = DIRECTIVES.join('; ')

/** The same for the response header, which may also forbid being framed. */
export const HEADER_POLICY = [...DIRECTIVES, "frame-ancestors 'none'"].join('; ')
