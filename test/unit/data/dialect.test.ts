import { describe, expect, it } from 'vitest'
import { detectDialect } from '../../../src/main/data/sources/delimited/detect-dialect.ts'
import { detectHeader } from '../../../src/main/data/sources/delimited/detect-header.ts'
import { splitRecords } from '../../../src/main/data/sources/delimited/split-fields.ts'
import { uniqueNames } from '../../../src/main/data/sources/unique-names.ts'

const dialects: readonly (readonly [string, string, { delimiter: string; quote: string }])[] = [
  ['commas', 'a,b,c\n1,2,3\n4,5,6\n', { delimiter: ',', quote: '"' }],
  ['semicolons with decimal commas', 'x;y\n1,5;2,5\n3,25;4,75\n', { delimiter: ';', quote: '"' }],
  ['tabs with commas in prose', 'id\ttext\n1\thello, world\n2\tyes, no, perhaps\n', { delimiter: '\t', quote: '"' }],
  ['bars', 'a|b\n1|x,y\n2|z\n', { delimiter: '|', quote: '"' }],
  ['quotes around the delimiter', 'name,n\n"Doe, Jane",1\n"Roe, Rick",2\n', { delimiter: ',', quote: '"' }],
  ['single quotes around the delimiter', "name,n\n'Doe, Jane',1\n'Roe, Rick',2\n", { delimiter: ',', quote: "'" }],
  ['cells that merely carry single quotes', "0.5,1.5,'-1'\n0.25,2.5,'1'\n0.75,3.5,'-1'\n", { delimiter: ',', quote: '"' }],
  ['prose with stray quotes', '"so he said\t1\nshe "hid" it\t0\n"never\t1\nfine\t0\n', { delimiter: '\t', quote: '' }],
  ['dates and times with colons', 'when;n\n2020-01-01 10:00;1\n2020-01-02 11:00;2\n', { delimiter: ';', quote: '"' }],
  ['one column', 'n\n1\n2\n3\n', { delimiter: ',', quote: '"' }],
]

describe('detectDialect', () => {
  it.each(dialects)('finds %s', (_name, text, expected) => {
    expect(detectDialect(text, false).separators).toEqual(expected)
  })

  it('takes what the user said', () => {
    expect(detectDialect('a,b\n1,2\n', false, { delimiter: ';' }).delimiter).toBe(';')
  })
})

describe('splitRecords', () => {
  it('reads quotes, doubled quotes and line breaks in cells, and counts physical lines', () => {
    const records = splitRecords('a,b\r\n"x ""y""","1\n2"\r\n\r\n,z', { delimiter: ',', quote: '"' }, { limit: 10, cut: false })
    expect(records?.map(({ fields, line }) => ({ fields, line }))).toEqual([
      { fields: ['a', 'b'], line: 0 },
      { fields: ['x "y"', '1\n2'], line: 1 },
      { fields: ['', 'z'], line: 4 },
    ])
  })

  it('leaves out a record that the sample cuts off, and knows a quote that never closes', () => {
    expect(splitRecords('a,b\n1,2\n3,', { delimiter: ',', quote: '"' }, { limit: 10, cut: true })).toHaveLength(2)
    expect(splitRecords('"a,b\n1,2\n', { delimiter: ',', quote: '"' }, { limit: 10, cut: false })).toBeNull()
  })
})

const headers: readonly (readonly [string, string, boolean])[] = [
  ['names over numbers', 'a,b\n1,2\n3,4\n', true],
  ['numbers over numbers', '1,2\n3,4\n5,6\n', false],
  ['numbers and words over the same', '39, Private,77516\n50, Private,83311\n38, State,1\n', false],
  ['names over words', 'city,colour\nRome,red\nOslo,blue\n', true],
  ['years as names', 'country,2019,2020\nItaly,1,2\nNorway,3,4\n', true],
  ['a name above missing values', 'a,b\n?,1\nNA,2\n', true],
  ['names alone', 'a,b\n', true],
  ['numbers alone', '1,2\n', false],
  ['words alone that repeat', 'x,x\n', false],
]

describe('detectHeader', () => {
  it.each(headers)('decides for %s', (_name, text, expected) => {
    expect(detectHeader(splitRecords(text, { delimiter: ',', quote: '"' }, { limit: 100, cut: false }) ?? [])).toBe(expected)
  })

  it('knows a header by names that a model asks for, whatever stands below', () => {
    const records = splitRecords('1,2\n3,4\n', { delimiter: ',', quote: '"' }, { limit: 100, cut: false }) ?? []
    expect(detectHeader(records, ['1', '2'])).toBe(true)
  })
})

describe('uniqueNames', () => {
  it('gives every column a name of its own and says so', () => {
    const { names, findings } = uniqueNames(['name', 'name', '', 'Name', 'name_2', ' x '])
    expect(names).toEqual(['name', 'name_3', 'column_3', 'Name_4', 'name_2', 'x'])
    expect(findings.map(({ kind, column }) => [kind, column])).toEqual([
      ['duplicate-name', 'name_3'],
      ['empty-name', 'column_3'],
      ['duplicate-name', 'Name_4'],
    ])
  })
})

it.each([
  ['quoted where they hold a comma', 'text\n"Great, I hope; you &lt;#&gt; like"\nplain words\n"a, b"\nsemi; colon\nx &lt;#&gt; y\nno marks here\n'],
  ['unquoted', 'text\na; b\nc\nd; e; f\nplain\nwords\n'],
])('texts of one column in which some hold a delimiter stay one column: %s', (_name, text) => {
  expect(detectDialect(text, false).delimiter).toBe(',')
})
