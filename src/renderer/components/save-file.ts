/** Hands a file to the browser, which keeps it where the user wants it. */
export function saveFile(name: string, content: Blob | string): void {
  const blob = typeof content === 'string' ? new Blob([content], { type: 'text/plain;charset=utf-8' }) : content
  const address = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // Chromium has begun to read it by the next turn.
  setTimeout(() => {
    URL.revokeObjectURL(address)
  }, 10_000)
}

/** A name for a file from words, e.g. `sensitivity-by-false-positive-rate`. */
export function fileName(words: string): string {
  return words.toLowerCase().normalize('NFKD').replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '').slice(0, 80) || 'millrace'
}
