const units: Readonly<Record<string, number>> = { '': 1, b: 1, k: 1e3, m: 1e6, g: 1e9, t: 1e12, ki: 2 ** 10, mi: 2 ** 20, gi: 2 ** 30, ti: 2 ** 40 }

/** Bytes from a text such as `8GB`, `512MiB` or `4g`; undefined where it is none. */
export function parseBytes(text: string): number | undefined {
  const match = /^\s*(\d+(?:\.\d+)?)\s*([kmgt]i?)?(?:b)?\s*$/i.exec(text)
  if (match?.[1] === undefined) return undefined
  return Math.floor(Number(match[1]) * (units[(match[2] ?? '').toLowerCase()] ?? 1))
}

/** A size in the unit that reads best, e.g. "312 B", "4.2 MB". */
export function formatBytes(bytes: number): string {
  const names = ['B', 'kB', 'MB', 'GB', 'TB']
  let value = bytes
  let unit = 0
  while (value >= 999.5 && unit < names.length - 1) {
    value /= 1000
    unit++
  }
  return `${unit === 0 || value >= 99.95 ? value.toFixed(0) : value.toFixed(1)} ${names[unit] ?? ''}`
}
