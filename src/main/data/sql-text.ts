/** A name as a quoted SQL identifier: any text is safe, quotes and line breaks included. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** A text as a quoted SQL literal, for the places where SQL takes no parameter (COPY targets, table function options). */
export function quoteLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** Texts as a parenthesised SQL list for IN. */
export function literalList(texts: readonly string[]): string {
  return `(${texts.map(quoteLiteral).join(', ')})`
}

/**
 * SQL that is true where a text is one of `values`, NULL where it is NULL. Not `IN`: from six values on, DuckDB plans each
 * `IN` as a join, and a table of twenty columns takes it seconds.
 */
export function isOneOf(text: string, values: readonly string[]): string {
  return `list_contains([${values.map(quoteLiteral).join(', ')}], ${text})`
}

/** A number as SQL of type DOUBLE. */
export function doubleLiteral(value: number): string {
  return `'${String(value)}'::DOUBLE`
}
