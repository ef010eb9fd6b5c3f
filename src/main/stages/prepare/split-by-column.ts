import { MillraceError } from '#shared/errors.ts'
import type { ValueRows } from '../../data/row-groups.ts'
import { Side } from './sides.ts'

/** Words for the sides, in lower case. */
const WORDS: Readonly<Record<string, number>> = {
  train: Side.train, training: Side.train, fit: Side.train, learn: Side.train,
  test: Side.test, testing: Side.test, holdout: Side.test, 'hold-out': Side.test,
  validation: Side.validation, valid: Side.validation, validate: Side.validation, val: Side.validation, dev: Side.validation,
}

/** The side that a value names; undefined where it names none. */
export function sideOfWord(value: string): number | undefined {
  return WORDS[value.toLowerCase()]
}

/** Checks that every value of a column names a side, and that there are rows to train and to test on. */
export function checkSideColumn(column: string, values: readonly ValueRows[]): void {
  const strange = values.filter(({ value }) => value === null || sideOfWord(value) === undefined)
  if (strange.length > 0) {
    const listed = strange.slice(0, 5).map(({ value, rows }) => `${value === null ? 'no value' : `"${value}"`} (${rows} ${rows === 1 ? 'row' : 'rows'})`)
    throw problem(column, `The column "${column}" does not say a side in every row`, `Its cells should read train, test or validation; there is also ${listed.join(', ')}${strange.length > 5 ? ' and more' : ''}.`, 'Correct the cells, or split by share, group or time instead.')
  }
  const has = (side: number): boolean => values.some(({ value }) => value !== null && sideOfWord(value) === side)
  for (const [side, word] of [[Side.train, 'train'], [Side.test, 'test']] as const) {
    if (!has(side)) throw problem(column, `No row of "${column}" says ${word}`, `Its values are ${values.map(({ value, rows }) => `"${value ?? ''}" (${rows})`).join(', ')}.`, 'Choose another column, or split by share, group or time instead.')
  }
}

function problem(column: string, headline: string, message: string, nextStep: string): MillraceError {
  return new MillraceError({ code: 'invalid-data', headline, message, nextStep, details: { column } })
}
