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
