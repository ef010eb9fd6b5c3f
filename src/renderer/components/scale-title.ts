import { formatNumber } from './format.ts'

/** Head of a column of interval lines: the ends of their common scale. */
export function scaleTitle(scale: readonly [from: number, to: number] | undefined): string {
  return scale === undefined ? 'Spread' : `${formatNumber(scale[0], 2)} to ${formatNumber(scale[1], 2)}`
}
