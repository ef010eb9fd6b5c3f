/** A word that can be copied into a shell: quoted where it holds more than plain characters. */
export function shellWord(text: string): string {
  if (/^[A-Za-z0-9_\-.,/:=@%+~\\]+$/.test(text)) return text
  return process.platform === 'win32' ? `"${text}"` : `'${text.replaceAll("'", `'\\''`)}'`
}
