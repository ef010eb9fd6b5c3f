/** 0-based column and row of a reference such as `AB12`; −1 for a part that is not there. */
export function cellRef(text: string): { readonly column: number; readonly row: number } {
  let column = 0
  let at = 0
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at) & ~32
    if (code < 65 || code > 90) break
    column = column * 26 + (code - 64)
  }
  const digits = text.slice(at)
  return { column: column - 1, row: digits === '' ? -1 : Number(digits) - 1 }
}

/** Letters of a 0-based column: 0 is A, 26 is AA. */
export function columnLetters(column: number): string {
  const rest = Math.floor(column / 26)
  return (rest === 0 ? '' : columnLetters(rest - 1)) + String.fromCharCode(65 + (column % 26))
}
