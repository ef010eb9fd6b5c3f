const MINUS = '−'

function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',')
}

/** A whole number with thousands commas and a true minus. */
export function countText(value: number): string {
  return `${value < 0 ? MINUS : ''}${grouped(String(Math.abs(Math.round(value))))}`
}

/**
 * A number for people: `digits` significant ones (4 if not said), thousands commas, a true minus, scientific below 1e−4 and from 1e15 on. A missing or infinite
 * number is "–" or "∞".
 */
export function numberText(value: number, digits = 4): string {
  if (Number.isNaN(value)) return '–'
  if (!Number.isFinite(value)) return value < 0 ? `${MINUS}∞` : '∞'
  const rounded = Number(value.toPrecision(digits))
  const size = Math.abs(rounded)
  if (size !== 0 && (size < 1e-4 || size >= 1e15)) return rounded.toExponential().replace('e+', 'e').replaceAll('-', MINUS)
  const [whole = '0', part] = String(size >= 10 ** digits ? Math.abs(Math.round(value)) : size).split('.')
  return `${rounded < 0 ? MINUS : ''}${grouped(whole)}${part === undefined ? '' : `.${part}`}`
}

/** A score with three decimals, e.g. 0.849; larger ones with four significant digits. */
export function scoreText(value: number): string {
  return Math.abs(value) < 10 ? value.toFixed(3).replace('-', MINUS) : numberText(value)
}

/** A share of one as a percentage with at most one decimal, e.g. 26.5 %. */
export function percentText(share: number): string {
  const percent = share * 100
  const text = percent !== 0 && Math.abs(percent) < 0.1 ? '< 0.1' : Number(percent.toFixed(1)).toString()
  return `${text.replace('-', MINUS)} %`
}
