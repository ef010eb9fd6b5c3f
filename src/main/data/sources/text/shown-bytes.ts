/** Bytes as users can look for them: hexadecimal, at most 16 of them. */
export function shownBytes(bytes: Uint8Array): string {
  return [...bytes.subarray(0, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
}
