import type { Readable } from 'node:stream'
import { TextDecoder } from 'node:util'
import { SaxesParser } from 'saxes'
import { MillraceError } from '#shared/errors.ts'
import { damaged } from './open-archive.ts'

/** What is done with the parts of an XML text; names come without their namespace prefix. */
export type XmlHandlers = {
  open?(name: string, attributes: Readonly<Record<string, string>>): void
  text?(text: string): void
  close?(name: string): void
  /** Asked after every block; true ends the parse. */
  isDone?(): boolean
}

/**
 * Parses XML as it streams in. Document type declarations are refused, and with them every entity of the file's own: nothing
 * outside the file is ever fetched and nothing grows. `watch` is called for each block; it throws to stop.
 */
export async function parseXml(file: string, stream: Readable, handlers: XmlHandlers, watch: () => void = () => undefined): Promise<void> {
  const parser = new SaxesParser<{ position: false; xmlns: false }>({ position: false, xmlns: false })
  parser.on('doctype', () => {
    throw declaresTypes(file)
  })
  parser.on('opentag', ({ name, attributes }) => handlers.open?.(local(name), attributes))
  parser.on('closetag', ({ name }) => handlers.close?.(local(name)))
  parser.on('text', (text) => handlers.text?.(text))
  parser.on('cdata', (text) => handlers.text?.(text))
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const block of stream) {
      watch()
      parser.write(decoder.decode(block as Buffer, { stream: true }))
      if (handlers.isDone?.() === true) return
    }
    parser.write(decoder.decode())
    parser.close()
  } catch (error) {
    throw damaged(file, error)
  }
}

function local(name: string): string {
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}

function declaresTypes(file: string): MillraceError {
  return new MillraceError({
    code: 'invalid-data',
    headline: 'The workbook declares entities of its own',
    message: `${file} holds a document type declaration (DTD), which workbooks never need and which can make a small file grow without end.`,
    nextStep: 'Open it in a spreadsheet program that you trust and save it again.',
    details: { file },
  })
}
