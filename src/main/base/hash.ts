import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'

/** SHA-256 of a text or bytes, in lower-case hex. */
export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex')
}

/** SHA-256 of a file's content, read as a stream; `onRead` hears how many bytes each piece had and may throw to stop. */
export async function sha256File(path: string, onRead: (bytes: number) => void = () => undefined): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    hash.update(chunk as Uint8Array)
    onRead((chunk as Uint8Array).length)
  }
  return hash.digest('hex')
}

/** JSON with sorted keys and no undefined members: equal values give equal texts. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    member !== null && typeof member === 'object' && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : member,
  )
}

/** SHA-256 of a plain value by its canonical JSON. */
export function hashValue(value: unknown): string {
  return sha256(canonicalJson(value))
}
