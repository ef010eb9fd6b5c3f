import { cellText } from '../../components/cell-text.ts'

/** A range of numbers as the evaluation says it, e.g. `up to -17.1`, `-17.1 – -0.8`. */
const RANGE = /^(?:up to |above )|\d – /

/** The rows of a slice in words; numbers of a range with a true minus, cells as they are. */
export function sliceValue(value: string): string {
  return cellText(RANGE.test(value) ? value.replaceAll(/(^| )-(?=\d)/g, '$1−') : value, 80)
}
