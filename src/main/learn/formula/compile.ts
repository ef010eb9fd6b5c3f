import type { ColumnType } from '#shared/domain/schema.ts'
import { didYouMean } from '../recipe/suggest.ts'
import { formulaError } from './formula-error.ts'
import { BINARY, FUNCTIONS, OPTIONAL, UNARY, type FormulaFunction, type ValueType } from './functions.ts'
import { parseFormula, placeOf, type Expression } from './parse.ts'

/** A part of a formula with its type, ready to be evaluated. */
export type Part =
  | { readonly kind: 'constant'; readonly type: ValueType; readonly value: number | string }
  | { readonly kind: 'column'; readonly type: ValueType; readonly name: string }
  | { readonly kind: 'call'; readonly type: ValueType; readonly of: FormulaFunction['of']; readonly parts: readonly Part[] }

/** A formula under its name. */
export type NamedFormula = { readonly name: string; readonly text: string }

/** A column that formulas may name. */
export type KnownColumn = { readonly name: string; readonly type: ColumnType }

type Context = { readonly formula: NamedFormula; readonly columns: ReadonlyMap<string, KnownColumn>; parts: number }

/** Parts of a formula, and parts within parts. */
const MOST_PARTS = 500
const DEEPEST = 60

const COLUMN_TYPES: Readonly<Record<ColumnType, ValueType>> = {
  integer: 'number', decimal: 'number', datetime: 'date', boolean: 'text', category: 'text', text: 'text',
}

const WORDS: Readonly<Record<ValueType, string>> = { number: 'a number', boolean: 'a condition', text: 'a text', date: 'a date' }

function columnPart(name: string, expression: Expression, context: Context): Part {
  const known = context.columns.get(name)
  if (known !== undefined) return { kind: 'column', type: COLUMN_TYPES[known.type], name }
  throw formulaError(context.formula, placeOf(expression), `there is no column "${name}".${didYouMean(name, [...context.columns.keys()])}`)
}

/** A text that jsep put into a part. */
function nameIn(expression: Expression, key: 'name' | 'operator'): string {
  const name = expression[key]
  return typeof name === 'string' ? name : ''
}

function isNumber(type: ValueType): boolean {
  return type === 'number' || type === 'boolean'
}

/** The part as a parameter takes it: a condition counts as 0 or 1, and a text that is written out may be a date. */
function fitting(part: Part, wanted: ValueType): Part | undefined {
  if (part.type === wanted) return part
  if (wanted === 'number' && part.type === 'boolean') return { ...part, type: 'number' }
  if (wanted !== 'date' || part.kind !== 'constant' || typeof part.value !== 'string') return undefined
  const of = FUNCTIONS['date'] as FormulaFunction
  const time = Number(of.of(part.value as never))
  return Number.isNaN(time) ? undefined : { kind: 'constant', type: 'date', value: time }
}

/** The type that `same` parameters share. */
function sharedType(parts: readonly Part[]): ValueType {
  const types = parts.map(({ type }) => type)
  if (types.includes('date')) return 'date'
  return types.every((type) => type === 'boolean') ? 'boolean' : types.every(isNumber) ? 'number' : (types.find((type) => !isNumber(type)) ?? 'number')
}

function call(name: string, { takes, repeats, gives, of }: FormulaFunction, given: readonly Expression[], at: number | undefined, context: Context, depth: number): Part {
  const least = takes.length - (OPTIONAL[name] ?? 0)
  if (given.length < least || (given.length > takes.length && repeats !== true)) {
    throw formulaError(context.formula, at, `"${name}" takes ${takes.length === least && repeats !== true ? least : `at least ${least}`} value${least === 1 ? '' : 's'}, and was given ${given.length}.`)
  }
  const parts = given.map((expression) => compile(expression, context, depth + 1))
  const kinds = parts.map((_, index) => takes[Math.min(index, takes.length - 1)] as (typeof takes)[number])
  const shared = sharedType(parts.filter((_, index) => kinds[index] === 'same'))
  const taken = parts.map((part, index) => {
    const kind = kinds[index] as (typeof takes)[number]
    if (kind === 'any') return part
    const wanted = kind === 'same' ? shared : kind
    const found = fitting(part, wanted)
    if (found !== undefined) return found
    throw formulaError(context.formula, placeOf(given[index] as Expression), `"${name}" needs ${WORDS[wanted]} here, and this is ${WORDS[part.type]}.`)
  })
  return { kind: 'call', type: gives === 'same' ? shared : gives, of, parts: taken }
}

function constant(value: unknown, expression: Expression, { formula }: Context): Part {
  if (typeof value === 'number') return { kind: 'constant', type: 'number', value }
  if (typeof value === 'string') return { kind: 'constant', type: 'text', value }
  if (typeof value === 'boolean') return { kind: 'constant', type: 'boolean', value: Number(value) }
  throw formulaError(formula, placeOf(expression), 'this value cannot be used.')
}

function compileCall(expression: Expression, context: Context, depth: number): Part {
  const callee = expression['callee'] as Expression
  const name = nameIn(callee, 'name')
  const found = callee.type === 'Identifier' && Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined
  if (found === undefined && name === '') throw formulaError(context.formula, placeOf(expression), 'only functions can be called.')
  if (found === undefined) throw formulaError(context.formula, placeOf(expression), `there is no function "${name}".${didYouMean(name, Object.keys(FUNCTIONS))} The functions are: ${Object.keys(FUNCTIONS).join(', ')}.`)
  return call(name, found, expression['arguments'] as Expression[], placeOf(expression), context, depth)
}

function compile(expression: Expression, context: Context, depth: number): Part {
  if (depth > DEEPEST || ++context.parts > MOST_PARTS) {
    throw formulaError(context.formula, placeOf(expression), `it has too many parts: ${MOST_PARTS} in all and ${DEEPEST} within each other are the most.`)
  }
  switch (expression.type) {
    case 'Literal':
      return constant(expression['value'], expression, context)
    case 'Identifier':
      return columnPart(nameIn(expression, 'name'), expression, context)
    case 'ArrayExpression': {
      const [only, ...rest] = expression['elements'] as (Expression | null)[]
      if (rest.length === 0 && only?.type === 'Literal' && typeof only['value'] === 'string') return columnPart(only['value'], expression, context)
      throw formulaError(context.formula, placeOf(expression), 'brackets hold the name of one column: ["capital gain"].')
    }
    case 'UnaryExpression':
      return compileOperator(expression, UNARY, [expression['argument'] as Expression], context, depth)
    case 'BinaryExpression':
      return compileOperator(expression, BINARY, [expression['left'] as Expression, expression['right'] as Expression], context, depth)
    case 'ConditionalExpression': {
      const parts = [expression['test'], expression['consequent'], expression['alternate']] as Expression[]
      return call('if', FUNCTIONS['if'] as FormulaFunction, parts, placeOf(expression), context, depth)
    }
    case 'CallExpression':
      return compileCall(expression, context, depth)
    default:
      throw formulaError(context.formula, placeOf(expression), 'this cannot stand in a formula. A column whose name has a dot or a space stands between backticks.')
  }
}

function compileOperator(expression: Expression, operators: Readonly<Record<string, FormulaFunction>>, parts: readonly Expression[], context: Context, depth: number): Part {
  const operator = nameIn(expression, 'operator')
  const found = Object.hasOwn(operators, operator) ? operators[operator] : undefined
  if (found === undefined) throw formulaError(context.formula, placeOf(expression), `there is no operator "${operator}".`)
  return call(operator, found, parts, parts[0] && placeOf(parts[0]), context, depth)
}

/** Columns that a compiled formula reads. */
export function columnsOf(part: Part): readonly string[] {
  if (part.kind === 'column') return [part.name]
  return part.kind === 'call' ? [...new Set(part.parts.flatMap(columnsOf))] : []
}

/**
 * A formula checked against the columns that it may name. Throws MillraceError `invalid-parameter` with the place and a suggestion where it
 * cannot be read, names what does not exist, or puts a text where a number is needed.
 */
export function compileFormula(formula: NamedFormula, columns: readonly KnownColumn[]): Part {
  const context: Context = { formula, columns: new Map(columns.map((column) => [column.name, column])), parts: 0 }
  const part = compile(parseFormula(formula), context, 0)
  if (columnsOf(part).length === 0) throw formulaError(formula, undefined, 'It names no column, so it is the same in every row.')
  return part
}
