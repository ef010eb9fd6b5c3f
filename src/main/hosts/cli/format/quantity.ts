/** A score with three decimals, a true minus sign, and an exponent where decimals would not do, e.g. "−0.113", "1.000e−5". */
export function formatScore(value: number): string {
  const text = Math.abs(value) >= 1e6 || (value !== 0 && Math.abs(value) < 5e-4) ? value.toExponential(3).replace('e+', 'e') : value.toFixed(3)
  return text.replaceAll('-', '−')
}

/** A count with thousands separated; without Intl, whose start costs a third of a second. */
export function formatCount(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** A count with its noun, e.g. "1 row", "6,000 rows". */
export function countOf(value: number, noun: string): string {
  return `${formatCount(value)} ${noun}${value === 1 ? '' : 's'}`
}

/** A duration in the unit that reads best, e.g. "0.4 s", "12 s", "3 min 20 s", "2 h 5 min". */
export function formatSeconds(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  if (whole < 100) return `${String(whole)} s`
  if (whole < 3600) return `${String(Math.floor(whole / 60))} min ${String(whole % 60)} s`
  return `${String(Math.floor(whole / 3600))} h ${String(Math.round((whole % 3600) / 60) % 60)} min`
}

/** Local date and time to the minute, e.g. "2025-06-30 14:05". */
export function formatTime(milliseconds: number): string {
  const time = new Date(milliseconds)
  const two = (part: number): string => String(part).padStart(2, '0')
  return `${String(time.getFullYear())}-${two(time.getMonth() + 1)}-${two(time.getDate())} ${two(time.getHours())}:${two(time.getMinutes())}`
}
