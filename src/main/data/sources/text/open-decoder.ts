import { createCp949Decoder } from './cp949.ts'
import type { Encoding } from './encodings.ts'

/** Turns the bytes of a text into characters, block by block; throws TypeError where they are none. */
export type Decoder = { decode(bytes?: Uint8Array, options?: { readonly stream?: boolean }): string }

/**
 * A strict decoder. TextDecoder gives control characters for bytes that code pages leave free and for half characters of
 * East Asian encodings; these are errors here. Only ISO 8859 has them.
 */
export function openDecoder({ name, label, family }: Encoding): Decoder {
  const decoder: Decoder = name === 'cp949' ? createCp949Decoder() : new TextDecoder(label, { fatal: true })
  if (family === 'unicode' || name === 'latin-1' || name.startsWith('iso-8859')) return decoder
  return {
    decode(bytes, options) {
      const text = decoder.decode(bytes, options)
      if (/[\u0080-\u0084\u0086-\u009f\uf8f0-\uf8f8]/.test(text)) throw new TypeError(`The bytes are not ${name}`)
      return text
    },
  }
}
