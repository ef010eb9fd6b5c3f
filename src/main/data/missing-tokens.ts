import type { ColumnSchema, ColumnType } from '#shared/domain/schema.ts'
import { MillraceError } from '#shared/errors.ts'
import { suggestColumn } from './suggest-column.ts'

/** Texts that mean "no value" in any column. */
export const ALWAYS_MISSING: readonly string[] = [
  'NA', 'N/A', 'n/a', '#N/A', '<NA>', 'NaN', 'nan', 'NAN', '-NaN', '-nan', 'null', 'NULL', 'Null', '?', '\\N', '#NULL!', '#DIV/0!', '#VALUE!',
]

/** Texts that mean "no value" only among numbers or dates; in a column of categories they may be a level of their own. */
export const MISSING_AMONG_NUMBERS: readonly string[] = [
  'None', 'none', 'NONE', 'unknown', 'Unknown', 'UNKNOWN', 'missing', 'Missing', 'nil', 'Nil', 'na', '-', '--', '.', '..', '*', 'n.a.', 'N.A.',
]

/** True where a column of this type holds numbers or moments. */
export function holdsNumbers(type: ColumnType): boolean {
  return type === 'integer' || type === 'decimal' || type === 'datetime'
}

/**
 * Every cell text, trimmed, that reads as "no value" in a column: what its own data showed and the usual ones, so that
 * a file to predict may use a token that the training data did not.
 */
export function missingTexts(column: Pick<ColumnSchema, 'type' | 'missingTokens'>): readonly string[] {
  return [...new Set([...ALWAYS_MISSING, ...(holdsNumbers(column.type) ? MISSING_AMONG_NUMBERS : []), ...column.missingTokens])]
}

/** True for a text that means "no value" without being told so: in any column, or among numbers. */
export function isUsualToken(text: string): boolean {
  return ALWAYS_MISSING.includes(text) || MISSING_AMONG_NUMBERS.includes(text) || /^[-+]?inf(?:inity)?$/i.test(text)
}

/** Key of the tokens that count in every column. */
export const EVERY_COLUMN = '*'

/** The user's tokens for "no value" by column; a name that is not in the file is an error with a suggestion. */
export function readMissing(missing: Readonly<Record<string, readonly string[]>>, names: readonly string[], file: string): ReadonlyMap<string, readonly string[]> {
  const { [EVERY_COLUMN]: everywhere = [], ...byColumn } = missing
  for (const name of Object.keys(byColumn)) {
    if (names.includes(name)) continue
    throw new MillraceError({
      code: 'invalid-parameter',
      headline: `There is no column "${name}"`,
      message: `A text for missing values is set for the column "${name}", which ${file} does not have. ${suggestColumn(name, names)}`,
      nextStep: 'Correct the name: under missing in a pipeline, after --missing of import.',
      details: { file, column: name },
    })
  }
  return new Map(names.flatMap((name) => {
    const tokens = [...new Set([...everywhere, ...(Object.hasOwn(byColumn, name) ? (byColumn[name] ?? []) : [])].map((token) => token.trim()))]
    return tokens.length === 0 ? [] : [[name, tokens] as const]
  }))
}
