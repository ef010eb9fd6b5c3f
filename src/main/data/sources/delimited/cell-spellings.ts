/** How the cells of a column may be written: as anything, or as DuckDB's own spelling of a value of a type (decimals: as a plain number). */
export type CellSpelling = 'any' | 'integer' | 'decimal' | 'day' | 'moment'

/** A state of an automaton that reads one cell: the characters that may follow, each set with the index of the next state; whether the cell may end. */
export type CellState = { readonly next: readonly (readonly [characters: string, to: number])[]; readonly ends: boolean }

const DIGITS = '0123456789'
/** So many digits are below 2^53, and short enough for a decimal without a point to be an exact number. */
const MOST_DIGITS = 15

/** States that read a cell of a spelling, the first to begin with; an empty cell is missing and fits all. `any` is not among them. */
export const cellStates: Readonly<Record<Exclude<CellSpelling, 'any'>, readonly CellState[]>> = {
  integer: integerStates(),
  decimal: decimalStates(),
  day: fixedStates('Y###-##-##'),
  moment: fixedStates('Y###-##-## h#:m#:m#'),
}

/** 0, or digits that do not begin with 0, with or without a minus. */
function integerStates(): CellState[] {
  const [zero, minus, digits] = [1, 2, 3]
  return [
    { next: [['0', zero], ['-', minus], ['123456789', digits]], ends: true },
    { next: [], ends: true },
    { next: [['123456789', digits]], ends: false },
    ...countedDigits(digits, MOST_DIGITS, () => []),
  ]
}

/** A sign, digits with a point or without, a power of ten of at most two digits; no zeros before other digits. */
function decimalStates(): CellState[] {
  const [sign, leading, point, fraction, power, powerSign, power1, power2, digits] = [1, 2, 3, 4, 5, 6, 7, 8, 9]
  const start: CellState['next'] = [['0', leading], ['123456789', digits], ['.', point]]
  return [
    { next: [['+-', sign], ...start], ends: true },
    { next: start, ends: false },
    { next: [['.', fraction], ['eE', power]], ends: true },
    { next: [[DIGITS, fraction]], ends: false },
    { next: [[DIGITS, fraction], ['eE', power]], ends: true },
    { next: [['+-', powerSign], [DIGITS, power1]], ends: false },
    { next: [[DIGITS, power1]], ends: false },
    { next: [[DIGITS, power2]], ends: true },
    { next: [], ends: true },
    // With a sign and a power the cell stays within `MOST_DIGITS` characters.
    ...countedDigits(digits, MOST_DIGITS - 1, (length) => [['.', fraction], ...(length <= MOST_DIGITS - 5 ? ([['eE', power]] as const) : [])]),
  ]
}

/** States for one digit more each, from the first on, which stands at index `first`. */
function countedDigits(first: number, most: number, further: (length: number) => CellState['next']): CellState[] {
  return Array.from({ length: most }, (_, i) => ({ next: [...(i + 1 < most ? [[DIGITS, first + i + 1] as const] : []), ...further(i + 1)], ends: true }))
}

/** Cells of fixed places: # any digit, Y the first of a year from 1000 on, h and m the first of hours and minutes; others as they are. */
function fixedStates(pattern: string): CellState[] {
  const places: Readonly<Record<string, string>> = { '#': DIGITS, Y: '123456789', m: '012345' }
  const states = pattern.split('').flatMap((place, i): CellState[] => [{ next: [[places[place] ?? place, i + 1]], ends: i === 0 }])
  const end = states.length
  const hour = pattern.indexOf('h')
  // Hours end with 23: behind a 2 stands another second digit.
  if (hour >= 0) states[hour] = { next: [['01', hour + 1], ['2', end + 1]], ends: false }
  return [...states, { next: [], ends: true }, ...(hour < 0 ? [] : [{ next: [['0123', hour + 2] as const], ends: false }])]
}
