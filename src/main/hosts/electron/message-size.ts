/** Most characters, cells and fields of one message of the page; a pipeline's text has a million. */
export const messageLimit = 5e6

/** True where a message holds more than `limit` characters, cells of typed arrays and fields together; stops counting there. */
export function isLarger(message: unknown, limit: number = messageLimit): boolean {
  let left = limit
  const open: unknown[] = [message]
  while (open.length > 0) {
    const value = open.pop()
    left -= 1
    if (typeof value === 'string') left -= value.length
    else if (ArrayBuffer.isView(value)) left -= value.byteLength
    else if (value instanceof ArrayBuffer) left -= value.byteLength
    else if (typeof value === 'object' && value !== null) {
      const parts: readonly unknown[] = value instanceof Map ? [...value].flat() : value instanceof Set ? [...value] : Object.values(value)
      if (parts.length > left) return true
      for (const part of parts) open.push(part)
    }
    if (left < 0) return true
  }
  return false
}
