const SHOWN = 5

/** Texts in quotes, the first five of them and how many more. */
export function quoted(texts: readonly string[]): string {
  const shown = texts.slice(0, SHOWN).map((text) => `"${text.length > 40 ? `${text.slice(0, 39)}…` : text}"`)
  return shown.join(', ') + (texts.length > SHOWN ? ` and ${texts.length - SHOWN} more` : '')
}

/** "1 cell" or "n cells". */
export function cells(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'cell' : 'cells'}`
}
