/** What a part of a formula is. A `boolean` is 1, 0 or missing; a `date` is milliseconds since 1970-01-01 UTC. */
export type ValueType = 'number' | 'boolean' | 'text' | 'date'

/** A function of formulas. Cells are numbers (NaN is missing) or texts (undefined is missing). */
export type FormulaFunction = {
  /** Types of its parameters; the last repeats where `repeats`. `any` takes every type, `same` that of the other `same` ones. */
  readonly takes: readonly (ValueType | 'any' | 'same')[]
  readonly repeats?: boolean
  /** `same`: the type of its `same` parameters. */
  readonly gives: ValueType | 'same'
  readonly of: (...cells: never[]) => number | string | undefined
}

const DAY = 86_400_000

function numeric(of: (...numbers: number[]) => number, parameters: 1 | 2 = 1): FormulaFunction {
  return { takes: Array.from({ length: parameters }, () => 'number' as const), gives: 'number', of: of }
}

/** Any of them missing makes the result missing. */
function several(of: (...numbers: number[]) => number): FormulaFunction {
  return { takes: ['number', 'number'], repeats: true, gives: 'number', of: of }
}

function ofText(gives: 'number' | 'boolean' | 'text', of: (text: string) => number | string): FormulaFunction {
  return { takes: ['text'], gives, of: ((text: string | undefined) => (text === undefined ? (gives === 'text' ? undefined : Number.NaN) : of(text))) }
}

function ofTexts(of: (text: string, other: string) => boolean): FormulaFunction {
  return {
    takes: ['text', 'text'],
    gives: 'boolean',
    of: ((text: string | undefined, other: string | undefined) => (text === undefined || other === undefined ? Number.NaN : Number(of(text, other)))),
  }
}

function ofDate(of: (date: Date) => number): FormulaFunction {
  return { takes: ['date'], gives: 'number', of: ((time: number) => of(new Date(time))) }
}

/** To `digits` places, halves away from zero as in spreadsheets. */
function round(value: number, digits = 0): number {
  const unit = 10 ** digits
  return (Math.sign(value) * Math.round(Math.abs(value) * unit)) / unit
}

const concat = (...texts: (string | undefined)[]): string | undefined => (texts.includes(undefined) ? undefined : texts.join(''))

/** Functions that formulas may call, by name. */
export const FUNCTIONS: Readonly<Record<string, FormulaFunction>> = {
  abs: numeric(Math.abs),
  ceil: numeric(Math.ceil),
  exp: numeric(Math.exp),
  floor: numeric(Math.floor),
  log: numeric(Math.log),
  log10: numeric(Math.log10),
  log1p: numeric(Math.log1p),
  round: { takes: ['number', 'number'], gives: 'number', of: round },
  sqrt: numeric(Math.sqrt),
  pow: numeric((base, exponent) => base ** exponent, 2),
  min: several(Math.min),
  max: several(Math.max),
  if: {
    takes: ['boolean', 'same', 'same'],
    gives: 'same',
    of: ((condition: number, yes: unknown, no: unknown) => (Number.isNaN(condition) ? (typeof yes === 'number' && typeof no === 'number' ? Number.NaN : undefined) : condition === 0 ? no : yes)) as FormulaFunction['of'],
  },
  isMissing: { takes: ['any'], gives: 'boolean', of: ((cell: number | string | undefined) => (cell === undefined || Number.isNaN(cell) ? 1 : 0)) },
  ifMissing: { takes: ['same', 'same'], gives: 'same', of: ((cell: unknown, other: unknown) => (cell === undefined || Number.isNaN(cell) ? other : cell)) as FormulaFunction['of'] },
  len: ofText('number', (text) => text.length),
  lower: ofText('text', (text) => text.toLowerCase()),
  upper: ofText('text', (text) => text.toUpperCase()),
  trim: ofText('text', (text) => text.trim()),
  contains: ofTexts((text, other) => text.includes(other)),
  startsWith: ofTexts((text, other) => text.startsWith(other)),
  endsWith: ofTexts((text, other) => text.endsWith(other)),
  concat: { takes: ['text', 'text'], repeats: true, gives: 'text', of: concat },
  number: ofText('number', (text) => (text.trim() === '' ? Number.NaN : Number(text))),
  text: { takes: ['number'], gives: 'text', of: ((value: number) => (Number.isNaN(value) ? undefined : String(value))) },
  year: ofDate((date) => date.getUTCFullYear()),
  month: ofDate((date) => date.getUTCMonth() + 1),
  day: ofDate((date) => date.getUTCDate()),
  weekday: ofDate((date) => ((date.getUTCDay() + 6) % 7) + 1),
  hour: ofDate((date) => date.getUTCHours()),
  daysBetween: { takes: ['date', 'date'], gives: 'number', of: ((from: number, to: number) => (to - from) / DAY) },
  date: { takes: ['text'], gives: 'date', of: ((text: string | undefined) => dateOf(text)) },
}

/** Milliseconds of an ISO date such as 2024-02-29 or 2024-02-29T12:30, in UTC; NaN where it is none. */
function dateOf(text: string | undefined): number {
  const found = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?))?Z?$/.exec(text ?? '')
  return found === null ? Number.NaN : Date.parse(`${found[1]}T${found[2] ?? '00:00'}Z`)
}

/** Parameters that may be left out. */
export const OPTIONAL: Readonly<Record<string, number>> = { round: 1 }

type Pair = (left: number, right: number) => number

const either = (of: (left: never, right: never) => boolean): FormulaFunction['of'] =>
  ((left: number | string | undefined, right: number | string | undefined) =>
    left === undefined || right === undefined || Number.isNaN(left) || Number.isNaN(right) ? Number.NaN : Number(of(left as never, right as never)))

function comparison(of: (left: number, right: number) => boolean): FormulaFunction {
  return { takes: ['same', 'same'], gives: 'boolean', of: either(of) }
}

function arithmetic(of: Pair): FormulaFunction {
  return { takes: ['number', 'number'], gives: 'number', of: of }
}

/** Kleene's three values: false and missing is false, true or missing is true. */
const and: Pair = (left, right) => (left === 0 || right === 0 ? 0 : left + right === 2 ? 1 : Number.NaN)
const or: Pair = (left, right) => (left === 1 || right === 1 ? 1 : left + right === 0 ? 0 : Number.NaN)
const logical = (of: Pair): FormulaFunction => ({ takes: ['boolean', 'boolean'], gives: 'boolean', of: of })
const not: FormulaFunction = { takes: ['boolean'], gives: 'boolean', of: ((value: number) => 1 - value) }

/** Operators between two parts. */
export const BINARY: Readonly<Record<string, FormulaFunction>> = {
  '+': arithmetic((left, right) => left + right),
  '-': arithmetic((left, right) => left - right),
  '*': arithmetic((left, right) => left * right),
  '/': arithmetic((left, right) => left / right),
  '%': arithmetic((left, right) => left % right),
  '^': arithmetic((left, right) => left ** right),
  '==': comparison((left, right) => left === right),
  '!=': comparison((left, right) => left !== right),
  '<': comparison((left, right) => left < right),
  '<=': comparison((left, right) => left <= right),
  '>': comparison((left, right) => left > right),
  '>=': comparison((left, right) => left >= right),
  and: logical(and),
  '&&': logical(and),
  or: logical(or),
  '||': logical(or),
}

/** Operators before one part. */
export const UNARY: Readonly<Record<string, FormulaFunction>> = {
  '-': numeric((value) => -value),
  '+': numeric((value) => value),
  '!': not,
  not,
}
