import { MillraceError } from '#shared/errors.ts'
import { nearestWord } from '../../../base/did-you-mean.ts'

/** An encoding of text: the name that users see, and what TextDecoder calls its decoder. */
export type Encoding = { readonly name: string; readonly label: string; readonly family: 'unicode' | 'single-byte' | 'multi-byte' }

const single = (name: string, label = name): Encoding => ({ name, label, family: 'single-byte' })
const multi = (name: string, label = name): Encoding => ({ name, label, family: 'multi-byte' })
const unicode = (name: string, label = name): Encoding => ({ name, label, family: 'unicode' })

/** Every encoding that can be read; see open-decoder.ts for the decoders. */
const encodings: readonly Encoding[] = [
  unicode('utf-8'),
  unicode('utf-8-bom', 'utf-8'),
  unicode('ascii', 'utf-8'),
  unicode('utf-16le'),
  unicode('utf-16be'),
  single('latin-1', 'windows-1252'),
  ...[1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258].map((page) => single(`windows-${page}`)),
  single('windows-874'),
  ...[2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16].map((part) => single(`iso-8859-${part}`)),
  single('koi8-r'),
  single('koi8-u'),
  single('ibm866'),
  single('macintosh'),
  single('x-mac-cyrillic'),
  multi('cp949', 'euc-kr'),
  multi('shift_jis'),
  multi('euc-jp'),
  multi('iso-2022-jp'),
  multi('gb18030'),
  multi('big5'),
]

const byName = new Map(encodings.map((encoding) => [encoding.name, encoding]))

/** Other names by which the same encodings are known, without the marks that names differ in. */
const aliases: Readonly<Record<string, string>> = {
  utf8: 'utf-8',
  utf8sig: 'utf-8-bom',
  utf8bom: 'utf-8-bom',
  usascii: 'ascii',
  utf16: 'utf-16le',
  ucs2: 'utf-16le',
  unicode: 'utf-16le',
  latin1: 'latin-1',
  iso88591: 'latin-1',
  l1: 'latin-1',
  latin2: 'iso-8859-2',
  latin5: 'windows-1254',
  iso88599: 'windows-1254',
  latin9: 'iso-8859-15',
  iso885911: 'windows-874',
  tis620: 'windows-874',
  ansi: 'windows-1252',
  euckr: 'cp949',
  uhc: 'cp949',
  ksc5601: 'cp949',
  windows949: 'cp949',
  ms949: 'cp949',
  cp932: 'shift_jis',
  ms932: 'shift_jis',
  windows31j: 'shift_jis',
  sjis: 'shift_jis',
  shiftjis: 'shift_jis',
  gbk: 'gb18030',
  gb2312: 'gb18030',
  cp936: 'gb18030',
  cp950: 'big5',
  big5hkscs: 'big5',
  cp866: 'ibm866',
  macroman: 'macintosh',
  mac: 'macintosh',
}

/** The encoding of a usual name in any spelling ("UTF8", "cp1252", "EUC-KR"); undefined where there is none of that name. */
export function encodingOf(name: string): Encoding | undefined {
  const plain = name.trim().toLowerCase()
  const bare = plain.replaceAll(/[-_ .]/g, '')
  const page = /^(?:cp|windows|win|ms)(125\d|874)$/.exec(bare)?.[1]
  const same = encodings.find((encoding) => encoding.name.replaceAll(/[-_ .]/g, '') === bare)
  return byName.get(plain) ?? byName.get(aliases[bare] ?? '') ?? (page === undefined ? same : byName.get(`windows-${page}`))
}

/** The encoding of a name that a user gave; an unknown one is an error that lists the known ones. */
export function requireEncoding(name: string): Encoding {
  const found = encodingOf(name)
  if (found !== undefined) return found
  const names = encodings.map((encoding) => encoding.name)
  const near = nearestWord(name.toLowerCase(), names)
  throw new MillraceError({
    code: 'invalid-parameter',
    headline: `The encoding "${name}" is not known`,
    message: `Known are ${names.join(', ')} and their usual other names.`,
    nextStep: near === undefined ? 'Give one of them, or leave it out to have it found out.' : `Did you mean "${near}"? Or leave it out to have it found out.`,
    details: { value: name },
  })
}
