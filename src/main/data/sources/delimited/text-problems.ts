import { MillraceError } from '#shared/errors.ts'

/** The error for a text without a table. */
export function noContent(path: string): MillraceError {
  return new MillraceError({
    code: 'invalid-data',
    headline: 'The file holds only empty lines',
    message: `${path} has no header and no rows.`,
    nextStep: 'Export the data again, or name another file.',
    details: { file: path },
  })
}

/** The error for a quote without an end in the sample. */
export function unclosedQuote(path: string): MillraceError {
  return new MillraceError({
    code: 'invalid-data',
    headline: 'A quoted cell never ends',
    message: `${path}: a quote is opened in the first lines and never closed.`,
    nextStep: 'Close or remove the quote, or say quote: "" where the file does not quote its cells.',
    details: { file: path },
  })
}

/** The error for a line that is too long to be read. */
export function lineTooLong(path: string, line: number, bytes: number, limit: number): MillraceError {
  const size = (count: number): string => `${(count / 2 ** 20).toFixed(0)} MB`
  return new MillraceError({
    code: 'invalid-data',
    headline: `A line is longer than ${size(limit)}`,
    message: `${path}, line ${line}: the line is ${size(bytes)} long; lines of up to ${size(limit)} can be read.`,
    nextStep: 'Perhaps a line end or a closing quote is missing, or the file is not a table. Otherwise leave out the long cell, or keep such contents in files of their own.',
    details: { file: path, line, bytes, limit },
  })
}

/** The error for a line that does not fit into columns of fixed width. */
export function textBetweenColumns(path: string, line: number, text: string): MillraceError {
  const shown = text.length > 80 ? `${text.slice(0, 79)}…` : text
  return new MillraceError({
    code: 'invalid-data',
    headline: 'A line does not fit into the columns',
    message: `${path}, line ${line}: text stands where the first lines have the blanks between columns of fixed width: "${shown}".`,
    nextStep: 'Correct the line, or say the delimiter where the columns are not of fixed width.',
    details: { file: path, line, value: shown },
  })
}
