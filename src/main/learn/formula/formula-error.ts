import { MillraceError } from '#shared/errors.ts'

/** Characters of a formula that a message shows around the place. */
const AROUND = 30

/** The error of a formula, with its place: `at` is the index of the character, or undefined where the whole is meant. */
export function formulaError(formula: { readonly name: string; readonly text: string }, at: number | undefined, message: string): MillraceError {
  const near = at === undefined ? '' : formula.text.slice(at, at + AROUND).trim()
  const place = at === undefined ? '' : `At character ${at + 1}${near === '' ? ', its end' : `, near "${near}"`}: `
  return new MillraceError({
    code: 'invalid-parameter',
    headline: `The formula "${formula.name}" cannot be used`,
    message: `${place}${message}`,
    nextStep:
      'Correct the formula. Columns stand by their names, names with other characters than letters, digits and _ between backticks: `capital gain` / 1000. See docs/recipe.md for what can be written.',
    details: { value: formula.text, ...(at === undefined ? {} : { position: at + 1 }) },
  })
}
