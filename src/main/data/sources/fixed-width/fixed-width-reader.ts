import { openDelimited } from '../delimited/delimited-reader.ts'
import type { SourceReader } from '../source-reader.ts'

/** Text in columns of fixed width, whatever blanks its cells hold. */
export const fixedWidthReader: SourceReader = {
  id: 'fixed-width',
  label: 'Text in columns of fixed width',
  extensions: ['.fwf'],
  open: (engine, path, options) => openDelimited(engine, path, { ...options, delimiter: options.delimiter ?? 'fixed' }),
}
