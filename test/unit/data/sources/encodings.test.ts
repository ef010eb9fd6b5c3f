import { describe, expect, it } from 'vitest'
import { encodingOf, requireEncoding } from '../../../../src/main/data/sources/text/encodings.ts'
import { encode, utf16be } from './encode.ts'
import { failure } from './failure.ts'
import { useSourceFolder } from './source-folder.ts'

const folder = useSourceFolder()

const sentences: Readonly<Record<string, readonly string[]>> = {
  german: ['Müller fährt über die Brücke nach Köln', 'Größe und Gewicht der Möbel prüfen', 'Zwölf Boxkämpfer jagen Viktor über den Deich', 'Schöne Grüße aus dem Süden für alle'],
  french: ['Le garçon a mangé une pêche à la crème', 'Où êtes-vous allés cet été avec vos élèves', "L'hôtel était très agréable et bien situé", 'Nous avons préféré rester à côté du théâtre'],
  euro: ['prix 12 € – “réduit” pour l’élève', 'coût 15 € – “très” cher à l’arrivée', 'taxe 20 € – “déjà” payée à l’entrée'],
  polish: ['Zażółć gęślą jaźń w środę wieczorem', 'Książka leży na półce obok łóżka', 'Proszę powiedzieć mi, gdzie są drzwi', 'Wszyscy mieszkańcy wyjechali na święta'],
  russian: ['Съешь же ещё этих мягких французских булок', 'Погода сегодня хорошая и солнечная', 'Москва является столицей нашей страны', 'Книга лежит на столе возле окна'],
  greek: ['Η γρήγορη αλεπού πηδάει πάνω από το σκυλί', 'Καλημέρα σας και καλή όρεξη για όλους', 'Το βιβλίο είναι πάνω στο τραπέζι', 'Η Αθήνα είναι η πρωτεύουσα της χώρας'],
  korean: ['서울 종로구 청운효자동', '부산 해운대구 우동 사무소', '대구 수성구 범어동 주민센터', '제주 서귀포시 중앙동'],
  japanese: ['東京都千代田区にあります', 'これは日本語のテキストです', '大阪市北区で買いました', 'ありがとうございました'],
  simplified: ['北京市朝阳区的天气很好', '我们在上海的公司工作', '这是一个中文的文本文件', '他们都是我的好朋友'],
  traditional: ['臺北市信義區的天氣很好', '我們在高雄的公司工作', '這是一個中文的文字檔案', '他們都是我的好朋友'],
}

const texts: readonly (readonly [string, string, string])[] = [
  ['latin-1', 'windows-1252', 'german'],
  ['latin-1', 'windows-1252', 'french'],
  ['windows-1252', 'windows-1252', 'euro'],
  ['windows-1250', 'windows-1250', 'polish'],
  ['windows-1251', 'windows-1251', 'russian'],
  ['koi8-r', 'koi8-r', 'russian'],
  ['iso-8859-5', 'iso-8859-5', 'russian'],
  ['windows-1253', 'windows-1253', 'greek'],
  ['cp949', 'euc-kr', 'korean'],
  ['shift_jis', 'shift_jis', 'japanese'],
  ['euc-jp', 'euc-jp', 'japanese'],
  ['gb18030', 'gb18030', 'simplified'],
  ['big5', 'big5', 'traditional'],
]

const tableOf = (lines: readonly string[]): string => `id,text\n${Array.from({ length: 8 * lines.length }, (_, index) => `${index + 1},"${lines[index % lines.length] ?? ''}"\n`).join('')}`

describe('the encoding of a text', () => {
  it.each(texts)('is found out: %s (%s, %s)', async (name, label, language) => {
    const lines = sentences[language] ?? []
    const { rows, about } = await folder.read(encode(tableOf(lines), label))
    expect(rows.slice(0, lines.length).map(([, text]) => text)).toEqual(lines)
    // ISO 8859-7 and Windows-1253 are the same for letters.
    expect(name === 'windows-1253' ? ['windows-1253', 'iso-8859-7'] : [name]).toContain(about.encoding)
  })

  it.each(texts)('is taken as said: %s (%s, %s)', async (name, label, language) => {
    const lines = sentences[language] ?? []
    const { rows, about } = await folder.read(encode(`id,text\n1,${lines[0] ?? ''}\n`, label), { encoding: name })
    expect([rows, about.encoding, about.encodingConfidence]).toEqual([[['1', lines[0]]], name, 1])
  })

  it('cp949 has all syllables, also those that EUC-KR lacks', async () => {
    const lines = Buffer.from('69642c746578740a312c8c63b9e6b0a2c7cf0a322cbcdca2e60a332cc65281510a', 'hex')
    for (const options of [{}, { encoding: 'euc-kr' }]) {
      const { rows, about } = await folder.read(lines, options)
      expect([about.encoding, rows.map(([, text]) => text)]).toEqual(['cp949', ['똠방각하', '솥€', '힣갦']])
    }
  })

  it('is found late in the file as well as early', async () => {
    const early = 'id,text\n' + '1,plain words only\n'.repeat(400_000)
    const late = (sentences['russian'] ?? []).map((line) => `2,${line}\n`).join('').repeat(20)
    const { rows, about } = await folder.read(Buffer.concat([Buffer.from(early), encode(late, 'windows-1251')]))
    expect([about.encoding, rows.length, rows.at(-1)?.[1]]).toEqual(['windows-1251', 400_080, sentences['russian']?.[3]])
  })

  it.each([
    ['utf-16le', (text: string) => Buffer.from(text, 'utf16le')],
    ['utf-16be', utf16be],
  ] as const)('%s, with and without a byte order mark', async (name, bytes) => {
    const text = tableOf(['naïve “café”', '東京 and 𝒳', 'plain'])
    for (const content of [`\ufeff${text}`, text]) {
      const { rows, about, names } = await folder.read(bytes(content))
      expect([about.encoding, names, rows[0], rows[1]?.[1]]).toEqual([name, ['id', 'text'], ['1', 'naïve “café”'], '東京 and 𝒳'])
    }
    expect((await folder.read(bytes(`\ufeff${text}`), { encoding: 'utf-16' })).about.encoding).toBe(name)
  })

  it('is certain for ASCII and UTF-8, with and without a byte order mark', async () => {
    const seen = await Promise.all(['a,b\n1,x\n', 'a,b\n1,ä\n', '\ufeffa,b\n1,ä\n'].map((text, index) => folder.read(text, {}, `certain ${index}.csv`)))
    expect(seen.map(({ about, names }) => [about.encoding, about.encodingConfidence, names[0]])).toEqual([
      ['ascii', 1, 'a'],
      ['utf-8', 1, 'a'],
      ['utf-8-bom', 1, 'a'],
    ])
  })

  it('is a guess where a byte or two are all there is, and says so', async () => {
    const { rows, about, findings } = await folder.read(Buffer.from('name,n\nDo\xf1a,1\nAnn,2\n', 'latin1'))
    expect([rows[0], about.encoding]).toEqual([['Doña', '1'], 'latin-1'])
    expect(about.encodingConfidence).toBeLessThan(0.5)
    expect(findings).toContainEqual(expect.objectContaining({ kind: 'uncertain-encoding', message: expect.stringContaining('latin-1') as string }))
  })

  it('is refused where a file mixes it with UTF-8: the first line and its bytes are named', async () => {
    const lines = ['name,n', ...Array.from({ length: 200 }, (_, index) => `Müller,${index}`)].map((line) => Buffer.from(`${line}\n`))
    lines[150] = Buffer.from('G\xf6del,1\n', 'latin1')
    lines[160] = Buffer.from('M\xf6bius,1\n', 'latin1')
    const error = await failure(folder.read(Buffer.concat(lines)))
    expect(error).toMatchObject({ code: 'invalid-data', headline: 'The file mixes encodings', details: { line: 151, lines: { utf8: 198, other: 2 }, remedy: { parameter: 'encoding' } } })
    expect(error.message).toContain('47 f6 64 65')
    expect(error.message).toContain('Gödel')
  })

  it('mixed half and half is refused as well, unless the encoding is said', async () => {
    const content = Buffer.concat([Buffer.from('name,n\nM\xf6bius,1\nG\xf6del,1\n', 'latin1'), Buffer.from('Müller,2\nKöln,2\n')])
    expect((await failure(folder.read(content))).headline).toBe('The file mixes encodings')
    expect((await folder.read(content, { encoding: 'latin-1' })).rows).toEqual([['Möbius', '1'], ['Gödel', '1'], ['MÃ¼ller', '2'], ['KÃ¶ln', '2']])
  })

  it('is one with a remark where a single line would also be UTF-8', async () => {
    const read = await folder.read(Buffer.concat([Buffer.from('name,n\nM\xf6bius,1\n', 'latin1'), Buffer.from('Müller,2\n')]))
    expect(read.rows).toEqual([['Möbius', '1'], ['MÃ¼ller', '2']])
    expect(read.findings).toContainEqual(expect.objectContaining({ kind: 'mixed-encodings', message: expect.stringContaining('Line 3') as string }))
  })

  it('that does not fit what is said is an error with line and bytes', async () => {
    const error = await failure(folder.read(Buffer.from('name,n\nAnn,1\nG\xf6del,2\n', 'latin1'), { encoding: 'utf8' }))
    expect(error).toMatchObject({ headline: 'The file is not text in the encoding utf-8', details: { line: 3, remedy: { parameter: 'encoding' } } })
    expect(error.message).toContain('f6 64')
    expect((await failure(folder.read(Buffer.from('a,b\n1,\x82\xff\n', 'latin1'), { encoding: 'euc-jp' }))).details.line).toBe(2)
    expect((await failure(folder.read(Buffer.concat([Buffer.from('a,b\n1,'), Buffer.of(0x82)]), { encoding: 'cp949' }))).message).toContain('in the middle of a character')
  })

  it('that nobody knows is an error with the nearest name', async () => {
    const error = await failure(folder.read('a,b\n1,2\n', { encoding: 'utf-9' }))
    expect(error).toMatchObject({ code: 'invalid-parameter', details: { value: 'utf-9' } })
    expect(error.nextStep).toContain('Did you mean "utf-8"')
  })
})

describe('names of encodings', () => {
  it.each([
    ['UTF8', 'utf-8'],
    ['utf-8-sig', 'utf-8-bom'],
    ['ISO-8859-1', 'latin-1'],
    ['Latin1', 'latin-1'],
    ['CP1252', 'windows-1252'],
    ['win1251', 'windows-1251'],
    ['EUC-KR', 'cp949'],
    ['uhc', 'cp949'],
    ['Shift-JIS', 'shift_jis'],
    ['cp932', 'shift_jis'],
    ['GBK', 'gb18030'],
    ['KOI8-R', 'koi8-r'],
    ['iso-8859-15', 'iso-8859-15'],
  ])('%s is %s', (said, name) => {
    expect(encodingOf(said)?.name).toBe(name)
  })

  it('every encoding has a decoder', () => {
    for (const name of ['utf-8', 'latin-1', 'windows-874', 'iso-8859-16', 'x-mac-cyrillic', 'macintosh', 'ibm866', 'koi8-u', 'big5', 'iso-2022-jp']) {
      expect(new TextDecoder(requireEncoding(name).label, { fatal: true }).decode(Buffer.from('a'))).toBe('a')
    }
  })
})
