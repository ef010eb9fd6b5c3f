/** Passes progress on ten times a second at most; a new message and the end always pass. Fractions are kept in 0 … 1. */
export function throttleProgress(
  now: () => number,
  sink: (fraction: number, message: string) => void,
): (fraction: number, message?: string) => void {
  let last = Number.NEGATIVE_INFINITY
  let text = ''
  return (fraction, message) => {
    const kept = Number.isFinite(fraction) ? Math.min(1, Math.max(0, fraction)) : 0
    const isNews = message !== undefined && message !== text
    const at = now()
    if (!isNews && kept < 1 && at - last < 100) return
    last = at
    text = message ?? text
    sink(kept, text)
  }
}
