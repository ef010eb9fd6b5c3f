import { MillraceError } from '#shared/errors.ts'
import { knownByBeginning } from './magic-bytes.ts'

/** Refuses what is certainly no text, by the first 4 KiB of a file. */
export function checkNotBinary(path: string, beginning: Buffer): void {
  const known = knownByBeginning(beginning)
  if (known !== undefined) throw notText(path, known, 1)
  if (beginning.subarray(0, 4).equals(Buffer.of(0xff, 0xfe, 0, 0)) || beginning.subarray(0, 4).equals(Buffer.of(0, 0, 0xfe, 0xff))) {
    throw new MillraceError({
      code: 'unsupported',
      headline: 'UTF-32 cannot be read',
      message: `${path} is text in UTF-32.`,
      nextStep: 'Save it again in UTF-8 (in a terminal: iconv -f UTF-32 -t UTF-8 old.csv > new.csv).',
      details: { file: path },
    })
  }
  if (mostlyControl(beginning)) throw notText(path, undefined, 1)
}

/** The error for a file that is no text; `known` says what it is. */
export function notText(path: string, known: string | undefined, line: number): MillraceError {
  return new MillraceError({
    code: 'invalid-data',
    headline: 'This is not a text file',
    message: known === undefined ? `${path} holds binary data (line ${line}), not delimited text.` : `${path} is ${known}, not delimited text.`,
    nextStep:
      known === undefined
        ? 'Export the data as CSV in UTF-8. If it is a spreadsheet, an archive or a database, save the table from the program it belongs to.'
        : 'Give the file the ending of its kind if that is one that can be read; otherwise unpack it, or export the data as CSV.',
    details: { file: path, line },
  })
}

/** True where more than a tenth of the bytes are control characters (in UTF-16 every second byte may be NUL: those do not count). */
function mostlyControl(bytes: Buffer): boolean {
  let control = 0
  for (const byte of bytes) if (byte < 32 && byte !== 0 && byte !== 9 && byte !== 10 && byte !== 13) control++
  return control > 2 && control > bytes.length / 10
}
