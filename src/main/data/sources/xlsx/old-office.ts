import { MillraceError } from '#shared/errors.ts'
import { textBlocks } from '../text-blocks.ts'
import { locked } from './open-archive.ts'

const SIGNATURE = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
/** Name of the part that holds a workbook under a password, as such files write names. */
const ENCRYPTED = Buffer.from('EncryptedPackage', 'utf16le')

/** True for the container (OLE) of old Office files, and of new ones under a password. */
export function isOldOffice(beginning: Buffer): boolean {
  return beginning.subarray(0, SIGNATURE.length).equals(SIGNATURE)
}

/** Refuses what lies in such a container, with what it is. */
export function refuseOldOffice(file: string): void {
  let before = Buffer.alloc(0)
  let isOld = false
  for (const block of textBlocks(file)) {
    if (before.length === 0 && !isOldOffice(block)) return
    isOld = true
    const joined = Buffer.concat([before, block])
    if (joined.includes(ENCRYPTED)) throw locked(file)
    before = joined.subarray(Math.max(0, joined.length - ENCRYPTED.length))
  }
  if (!isOld) return
  throw new MillraceError({
    code: 'unsupported',
    headline: 'Old Excel files (XLS) cannot be read',
    message: `${file} is in the binary format of Excel 97–2003, or another old Office document.`,
    nextStep: 'Open it in a spreadsheet program and save it as an Excel workbook (XLSX) or as CSV.',
    details: { file },
  })
}
