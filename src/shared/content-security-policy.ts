const DIRECTIVES: readonly string[] = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
]

/** What the page may load, as its own `<meta>` says it: its own files and nothing else. */
export const PAGE_POLICY = DIRECTIVES.join('; ')

/** The same for the response header, which may also forbid being framed. */
export const HEADER_POLICY = [...DIRECTIVES, "frame-ancestors 'none'"].join('; ')
