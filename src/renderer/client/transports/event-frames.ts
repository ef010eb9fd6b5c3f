/** One frame of an event stream. */
export type EventFrame = { readonly event: string; readonly id: string | undefined; readonly data: string }

/**
 * Cuts the text of an event stream, as it arrives in pieces, into frames (WHATWG HTML, "server-sent events"); comments are
 * left out. Lines end with a line feed, as this server writes them.
 */
export function createFrameReader(): (piece: string) => readonly EventFrame[] {
  let rest = ''
  return (piece) => {
    const blocks = `${rest}${piece}`.split('\n\n')
    rest = blocks.pop() ?? ''
    return blocks.map(frameOf).filter((frame) => frame !== undefined)
  }
}

function frameOf(block: string): EventFrame | undefined {
  const fields = new Map<string, string>()
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':')
    if (colon > 0) fields.set(line.slice(0, colon), line.slice(colon + 1).replace(/^ /, ''))
  }
  const data = fields.get('data')
  return data === undefined ? undefined : { event: fields.get('event') ?? 'message', id: fields.get('id'), data }
}
