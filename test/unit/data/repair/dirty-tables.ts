/** A table with one kind of mistake, and what cleaning makes of its column. */
export type DirtyTable = {
  /** The rule that repairs it. */
  readonly rule: string
  readonly what: string
  /** Cells of the column `c`. */
  readonly cells: readonly string[]
  readonly params?: Record<string, unknown>
  readonly expected: readonly (string | null)[]
  /** Type of the column afterwards. */
  readonly type?: string
}

function repeat<T>(cells: readonly T[], times: number): T[] {
  return Array.from({ length: times }, () => cells).flat()
}

function many(times: number, cell: string): string[] {
  return Array.from({ length: times }, () => cell)
}

/** One table at least for each rule that changes cells. */
export const dirtyTables: readonly DirtyTable[] = [
  { rule: 'characters', what: 'zero-width, bidi and control characters, odd spaces', cells: ['a\u200bb', '\u202eab', 'a\u0001b', 'x\u00a0y', 'x y', 'ab'], expected: ['ab', 'ab', 'ab', 'x y', 'x y', 'ab'] },
  { rule: 'characters', what: 'letters with their accents apart', cells: ['cafe\u0301', 'caf\u00e9', 'tea', 'tea'], expected: ['café', 'café', 'tea', 'tea'] },
  { rule: 'encoding', what: 'UTF-8 that was read as Latin-1', cells: ['cafÃ©', 'â€œhiâ€\u009d', 'café', 'Ã', 'æ—¥æœ¬', 'x'], expected: ['café', '“hi”', 'café', 'Ã', '日本', 'x'] },
  { rule: 'replace', what: 'values as the user says', cells: ['slp', 'San Luis', 'slp', '-', 'x'], params: { columns: { c: { replace: { slp: 'San Luis', '-': null } } } }, expected: ['San Luis', 'San Luis', 'San Luis', null, 'x'] },
  { rule: 'numbers', what: 'about so many', cells: ['approx 5', '7', 'ca. 3', '~12', '4', '5'], expected: ['5', '7', '3', '12', '4', '5'], type: 'integer' },
  { rule: 'numbers', what: 'a word behind some', cells: ['3 rooms', '1 room', '4', '12 rooms'], expected: ['3', '1', '4', '12'], type: 'integer' },
  { rule: 'numbers', what: 'numbers but for a few, where those may be emptied', cells: [...many(19, '2.5 kg'), '7', 'heavy'], params: { columns: { c: { numbers: 'missing' } } }, expected: [...many(19, '2.5'), '7', null], type: 'decimal' },
  { rule: 'units', what: 'grams among kilograms', cells: ['70 kg', '65.5 kg', '500 g', '80kg', '71'], expected: ['70', '65.5', '0.5', '80', '71'], type: 'decimal' },
  { rule: 'units', what: 'Fahrenheit among Celsius', cells: ['20 °C', '68 °F', '21 °C', '-40 F', '22 C'], expected: ['20', '20', '21', '-40', '22'], type: 'decimal' },
  { rule: 'units', what: 'the unit that the user says', cells: ['1.80 m', '175 cm', '1.62 m', '190 cm', '181 cm'], params: { columns: { c: { unit: 'm' } } }, expected: ['1.80', '1.75', '1.62', '1.9', '1.81'], type: 'decimal' },
  { rule: 'dates', what: 'several formats and day numbers', cells: ['2020-01-15', '17/02/2020', '43891', '5 March 2020', '03/04/2020', '31/12/88'], expected: ['2020-01-15', '2020-02-17', '2020-03-01', '2020-03-05', '2020-04-03', '1988-12-31'], type: 'datetime' },
  { rule: 'variants', what: 'case, spacing, accents and punctuation', cells: ['San Luis Potosí', 'san luis potosi', 'San Luis  Potosi', 'San Luis Potosí', 'S.L.P.', 'slp', 'slp'], expected: ['San Luis Potosí', 'San Luis Potosí', 'San Luis Potosí', 'San Luis Potosí', 'slp', 'slp', 'slp'] },
  { rule: 'typos', what: 'a letter left out, one too many, two exchanged', cells: [...many(40, 'Cuernavaca'), 'Cuernavca', 'Cuernnavaca', 'Cuernaavca', ...many(15, 'Jiutepec')], expected: [...many(43, 'Cuernavaca'), ...many(15, 'Jiutepec')] },
  { rule: 'sentinels', what: '-200 among measurements, where it is asked for', cells: [...Array.from({ length: 40 }, (_, i) => `${10 + (i % 20)}.5`), ...many(5, '-200')], params: { rules: { sentinels: 'missing' } }, expected: [...Array.from({ length: 40 }, (_, i) => `${10 + (i % 20)}.5`), null, null, null, null, null] },
  { rule: 'sentinels', what: '-99 behind -999', cells: [...Array.from({ length: 40 }, (_, i) => `${20 + (i % 20)}.5`), ...many(5, '-99'), ...many(5, '-999')], params: { rules: { sentinels: 'missing' } }, expected: [...Array.from({ length: 40 }, (_, i) => `${20 + (i % 20)}.5`), ...new Array<null>(10).fill(null)] },
  { rule: 'limits', what: 'what the user does not allow', cells: ['17', '-3', '130', '44', '45'], params: { columns: { c: { min: 0, max: 120 } } }, expected: ['17', null, null, '44', '45'] },
  { rule: 'limits', what: 'what the user wants clipped', cells: ['17.5', '-3.25', '130.1', '44', '45'], params: { columns: { c: { min: 0, max: 120, outside: 'clip' } } }, expected: ['17.5', '0', '120', '44', '45'] },
  { rule: 'limits', what: 'dates before a day', cells: ['2020-01-01', '1899-01-01', '2021-05-05'], params: { columns: { c: { min: '1990-01-01' } } }, expected: ['2020-01-01', null, '2021-05-05'] },
  { rule: 'limits', what: 'values and patterns', cells: ['red', 'green', 'x9', 'blue', 'red'], params: { columns: { c: { allowed: ['red', 'green', 'x9'], pattern: '[a-z]+' } } }, expected: ['red', 'green', null, null, 'red'] },
  { rule: 'outliers', what: 'numbers far from the others, where it is asked for', cells: [...repeat(Array.from({ length: 20 }, (_, i) => `${i}`), 5), '1000'], params: { rules: { outliers: 'clip' } }, expected: [...repeat(Array.from({ length: 20 }, (_, i) => `${i}`), 5), '45'] },
]
