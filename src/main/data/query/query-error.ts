import { MillraceError } from '#shared/errors.ts'

/**
 * DuckDB's error about a query as users see it: line and column of the query, what is wrong, DuckDB's hint. `tables` are listed
 * as what there is. The statement that failed holds the query from its second line on.
 */
export function explainQueryError(error: unknown, tables: readonly { readonly name: string; readonly columns: readonly string[] }[]): unknown {
  if (!(error instanceof Error) || error instanceof MillraceError) return error
  const place = /\nLINE (\d+): ([^\n]*)\n( *)\^/.exec(error.message)
  const reason = (place === null ? error.message : error.message.slice(0, place.index)).replace(/^[A-Z][A-Za-z ]* Error: /, '').replaceAll(/\s*\n+\s*/g, ' ').trim()
  const line = place === null ? undefined : Number(place[1]) - 1
  const isWhole = place !== null && !(place[2] ?? '').startsWith('...')
  const column = isWhole ? (place[3]?.length ?? 0) - `LINE ${place[1] ?? ''}: `.length + 1 : undefined
  const where = line === undefined || line < 1 ? '' : `Line ${line}${column === undefined ? '' : `, column ${column}`}: `
  const listed = tables.map(({ name, columns }) => `${name} (${columns.slice(0, 12).join(', ')}${columns.length > 12 ? ', …' : ''})`)
  return new MillraceError(
    {
      code: 'invalid-parameter',
      headline: 'The query cannot be run',
      message: `${where}${reason}${/[.!?]$/.test(reason) ? '' : '.'}`,
      nextStep: `Correct the query. Its tables are ${listed.join('; ')}.`,
      details: { ...(line === undefined ? {} : { line }), ...(column === undefined ? {} : { column }) },
    },
    error,
  )
}
