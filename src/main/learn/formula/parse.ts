import jsep from 'jsep'
import { formulaError } from './formula-error.ts'

/** Characters of a formula. */
const LONGEST = 2000

/** What jsep made of a formula; `at` is the index of a part's first character. */
export type Expression = jsep.Expression & { at?: number }

/** Operators by how tightly they bind; `^` is a power, and `-2 ^ 2` is 4 as in spreadsheets. */
const OPERATORS: Readonly<Record<string, number>> = {
  or: 1, '||': 1, and: 2, '&&': 2, '==': 6, '!=': 6, '<': 7, '<=': 7, '>': 7, '>=': 7, '+': 9, '-': 9, '*': 10, '/': 10, '%': 10, '^': 11,
}

/** True where the next call of the hook is the wrapped one. */
let wrapped = false

/** The column whose name stands between backticks from the parser's place on, and the parser's next place. */
function quotedName(text: string, start: number): { readonly node: Expression; readonly next: number } | undefined {
  const end = text.indexOf('`', start + 1)
  return end < 0 ? undefined : { node: { type: 'Identifier', name: text.slice(start + 1, end), at: start }, next: end + 1 }
}

/** Teaches jsep our operators and names between backticks, and makes it note where each part starts. */
function configure(): void {
  jsep.removeAllBinaryOps()
  jsep.removeAllUnaryOps()
  jsep.removeAllLiterals()
  for (const [operator, precedence] of Object.entries(OPERATORS)) jsep.addBinaryOp(operator, precedence, operator === '^')
  for (const operator of ['-', '+', '!', 'not']) jsep.addUnaryOp(operator)
  jsep.addLiteral('true', true)
  jsep.addLiteral('false', false)
  jsep.hooks.add('gobble-token', function note(env) {
    if (wrapped) {
      wrapped = false
      return
    }
    const start = this.index
    if (this.char === '`') {
      const quoted = quotedName(this.expr, start)
      if (quoted === undefined) return this.throwError('A backtick without its partner')
      this.index = quoted.next
      env.node = quoted.node
      return
    }
    wrapped = true
    const node = this.gobbleToken()
    wrapped = false
    if (node) env.node = (node as Expression).at === undefined ? { ...node, at: start } : node
  })
}

configure()

/** Where jsep stopped, and why. */
function readError(error: unknown): { readonly at: number | undefined; readonly message: string } {
  if (error instanceof RangeError) return { at: undefined, message: 'Its parts lie too deep within each other' }
  const { index, description } = error as { index?: number; description?: string }
  const hint = description === 'Unexpected "="' ? '; == compares' : ''
  return { at: index, message: `${description ?? String(error)}${hint}` }
}

/** Index of an expression's first character. */
export function placeOf(expression: Expression): number | undefined {
  return expression.at ?? (expression.type === 'BinaryExpression' ? placeOf(expression['left'] as Expression) : undefined)
}

/** The parts of a formula, nothing about them checked. Throws MillraceError `invalid-parameter`, with the place, where it cannot be read. */
export function parseFormula(formula: { readonly name: string; readonly text: string }): Expression {
  if (formula.text.length > LONGEST) throw formulaError(formula, undefined, `It has ${formula.text.length} characters; ${LONGEST} are the most.`)
  wrapped = false
  let parsed: Expression
  try {
    parsed = jsep(formula.text)
  } catch (error) {
    const { at, message } = readError(error)
    throw formulaError(formula, at, `${message}.`)
  }
  if (parsed.type === 'Compound') {
    const second = (parsed['body'] as Expression[])[1]
    throw formulaError(formula, second && placeOf(second), second === undefined ? 'there is nothing in it.' : 'an operator is missing before this.')
  }
  return parsed
}
