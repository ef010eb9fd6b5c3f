/** What stands where there is no value by design. */
export const NONE = '–'

const MINUS = '−'

function grouped(value: number, digits: number): string {
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits }).replace('-', MINUS)
}

/** A count, e.g. `7,043`. */
export function formatCount(value: number | null | undefined): string {
  return isMissing(value) ? NONE : grouped(Math.round(value), 0)
}

/** A score with three decimals, e.g. `0.849`; large ones, such as an error in euros, with four figures. */
export function formatScore(value: number | null | undefined): string {
  if (isMissing(value)) return NONE
  return Math.abs(value) < 10 ? grouped(value, 3) : formatNumber(value, 4)
}

/** A share as per cent, e.g. `62 %`, `6.5 %`; `digits` decimals. The sign is never alone on the next line. */
export function formatShare(value: number | null | undefined, digits = 0): string {
  return isMissing(value) ? NONE : `${grouped(value * 100, digits)}\u00A0%`
}

/** A number in so many significant figures, e.g. `1,234`, `0.0456`, `1.8e−7`, without zeros that say nothing. */
export function formatNumber(value: number | null | undefined, figures = 4): string {
  if (isMissing(value)) return NONE
  if (!Number.isFinite(value)) return value > 0 ? '∞' : `${MINUS}∞`
  const size = Math.abs(value)
  if (size !== 0 && (size < 1e-4 || size >= 1e15)) return value.toExponential(Math.min(figures, 3) - 1).replace(/\.?0+e/, 'e').replaceAll('-', MINUS).replace('e+', 'e')
  return value.toLocaleString('en-US', { maximumSignificantDigits: Math.max(figures, Math.trunc(size).toString().length) }).replace('-', MINUS)
}

const SIZES = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const

/** A size in powers of 1000 with three figures, e.g. `1.85 GB`, `640 MB`, `12 kB`. */
export function formatBytes(bytes: number | null | undefined): string {
  if (isMissing(bytes)) return NONE
  let value = bytes
  let unit = 0
  while (unit < SIZES.length - 1 && Number(value.toPrecision(3)) >= 1000) {
    value /= 1000
    unit += 1
  }
  return `${String(unit === 0 ? Math.round(value) : Number(value.toPrecision(3)))} ${SIZES[unit] ?? 'B'}`
}

/** A duration from seconds, e.g. `2 ms`, `1.4 s`, `6 min`, `2 h 10 min`, `3 d 4 h`. */
export function formatDuration(seconds: number | null | undefined): string {
  if (isMissing(seconds)) return NONE
  if (seconds < 0.001) return `${String(Number((seconds * 1000).toPrecision(2)))} ms`
  if (seconds < 0.0095) return `${String(Number((seconds * 1000).toPrecision(2)))} ms`
  if (seconds < 0.9995) return `${String(Math.round(seconds * 1000))} ms`
  if (seconds < 9.95) return `${String(Number(seconds.toFixed(1)))} s`
  if (seconds < 59.5) return `${String(Math.round(seconds))} s`
  const minutes = Math.round(seconds / 60)
  if (seconds < 600) return pair(Math.floor(Math.round(seconds) / 60), 'min', Math.round(seconds) % 60, 's')
  if (minutes < 60) return `${String(minutes)} min`
  if (minutes < 48 * 60) return pair(Math.floor(minutes / 60), 'h', minutes % 60, 'min')
  const hours = Math.round(seconds / 3600)
  return pair(Math.floor(hours / 24), 'd', hours % 24, 'h')
}

function pair(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${String(large)} ${largeUnit}` : `${String(large)} ${largeUnit} ${String(small)} ${smallUnit}`
}

/** Remaining time in words that do not flicker, e.g. `about 14 s left`, `6 min left`. */
export function formatRemaining(seconds: number | null | undefined): string {
  if (isMissing(seconds)) return ''
  if (seconds < 1) return 'almost done'
  if (seconds < 60) return `about ${String(Math.ceil(seconds))} s left`
  return `${formatDuration(Math.ceil(seconds / 60) * 60)} left`
}

const DAY = 86_400_000

/** A moment as seen from `now`, both in milliseconds since 1970: `just now`, `5 min ago`, `today 02:14`, `yesterday 18:20`, `19 Nov`, `19 Nov 2024`. */
export function formatMoment(at: number | null | undefined, now: number = Date.now()): string {
  if (isMissing(at)) return NONE
  const ago = now - at
  if (ago >= 0 && ago < 60_000) return 'just now'
  if (ago >= 0 && ago < 3_600_000) return `${String(Math.floor(ago / 60_000))} min ago`
  const days = Math.round((startOfDay(now) - startOfDay(at)) / DAY)
  if (days === 0) return `today ${formatClock(at)}`
  if (days === 1) return `yesterday ${formatClock(at)}`
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear()
  return new Date(at).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) })
}

/** A time of day, e.g. `09:26`, with seconds `09:26:41`. */
export function formatClock(at: number, withSeconds = false): string {
  return new Date(at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', ...(withSeconds ? { second: '2-digit' } : {}) })
}

function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0)
}

/** A word for a count, e.g. `1 run`, `36 runs`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`
}

function isMissing(value: number | null | undefined): value is null | undefined {
  return value === null || value === undefined || Number.isNaN(value)
}
