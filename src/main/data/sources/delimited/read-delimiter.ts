import { MillraceError } from '#shared/errors.ts'

const names: Readonly<Record<string, string>> = {
  tab: '\t',
  '\\t': '\t',
  comma: ',',
  semicolon: ';',
  colon: ':',
  bar: '|',
  pipe: '|',
  space: ' ',
  spaces: '  ',
}

/**
 * The delimiter that a user named: a character, or its name. One space stands for any white space between cells, two
 * spaces (`spaces`) for two or more, so that cells may hold single ones; `fixed` for columns of constant width.
 */
export function readDelimiter(said: string): string {
  const delimiter = names[said.toLowerCase()] ?? said
  if (delimiter === 'fixed' || delimiter === '  ' || (Array.from(delimiter).length === 1 && !/["\r\n\0]/.test(delimiter))) return delimiter
  throw new MillraceError({
    code: 'invalid-parameter',
    headline: `"${said}" cannot be a delimiter`,
    message: `A delimiter is one character or one of ${Object.keys(names).filter((name) => name !== '\\t').join(', ')}, fixed.`,
    nextStep: 'Give one of these, or leave it out to have it found out.',
    details: { value: said },
  })
}
