import { MillraceError } from '#shared/errors.ts'
import type { LeftOut } from './recipe.ts'

/** Columns named in a message at most. */
const NAMED = 12

/** The error that no column enters the model; `rows` where training rows, and not the recipe alone, decided it. */
export function nothingLeft(leftOut: readonly LeftOut[], rows?: number): MillraceError {
  const reasons = leftOut.slice(0, NAMED).map(({ column, reason }) => `"${column}": ${reason}`)
  const more = leftOut.length > NAMED ? `; and ${leftOut.length - NAMED} more` : ''
  return new MillraceError({
    code: 'invalid-data',
    headline: 'No column is left to learn from',
    message: `${rows === undefined ? 'The recipe lets no column into the model' : `No column can help a model in these ${rows} training rows`}. ${reasons.join('; ')}${more}.`,
    nextStep: 'Look at the columns under Data, or with: millrace import FILE. Take columns out of `drop`, or say under `columns` how one of them enters the model.',
  })
}
