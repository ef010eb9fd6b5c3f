import { describe, expect, it } from 'vitest'
import type { SourceOptions } from '../../../../src/main/data/sources/source-reader.ts'
import { failure } from './failure.ts'
import { useSourceFolder } from './source-folder.ts'

const folder = useSourceFolder()

type Case = {
  readonly text: string
  readonly options?: SourceOptions
  readonly names: readonly string[]
  readonly rows: readonly (readonly (string | null)[])[]
  readonly about?: object
  readonly findings?: readonly string[]
}

const people = [
  ['Ann', '31'],
  ['Bob', '27'],
  ['Cyd', '45'],
]

const cases: Readonly<Record<string, Case>> = {
  colons: { text: 'name:age\nAnn:31\nBob:27\nCyd:45\n', names: ['name', 'age'], rows: people, about: { delimiter: ':' } },
  tildes: { text: 'name~age\nAnn~31\nBob~27\nCyd~45\n', names: ['name', 'age'], rows: people, about: { delimiter: '~' } },
  carets: { text: 'name^age\nAnn^31\nBob^27\nCyd^45\n', names: ['name', 'age'], rows: people, about: { delimiter: '^' } },
  'white space of any length': { text: 'name   age\nAnn 31\n Bob\t 27  \nCyd       45\n', names: ['name', 'age'], rows: people, about: { delimiter: ' ' } },
  'white space with quoted blanks': { text: "name age\n'Ann B' 31\nBob 27\nCyd 45\n", options: { quote: "'" }, names: ['name', 'age'], rows: [['Ann B', '31'], ['Bob', '27'], ['Cyd', '45']] },
  'two blanks or more, one in a cell': {
    text: 'full name  age\nAnn Lee    31\nBob May    27\nCyd Fox    45\n',
    names: ['full name', 'age'],
    rows: [['Ann Lee', '31'], ['Bob May', '27'], ['Cyd Fox', '45']],
    about: { delimiter: '  ' },
  },
  'fixed widths with empty cells': {
    text: ['model           mpg cyl', 'Mazda RX4      21.0   6', 'Datsun 710     22.8   4', 'Hornet 4 Drive        6', 'Valiant        18.1   6', 'Duster 360     14.3   8'].join('\n'),
    names: ['model', 'mpg', 'cyl'],
    rows: [['Mazda RX4', '21.0', '6'], ['Datsun 710', '22.8', '4'], ['Hornet 4 Drive', null, '6'], ['Valiant', '18.1', '6'], ['Duster 360', '14.3', '8']],
    about: { format: 'fixed-width', delimiter: null },
  },
  'numbers with decimal commas between blanks': { text: '1,5 2,25\n3,5 4,75\n5,5 6,25\n', names: ['column_1', 'column_2'], rows: [['1.5', '2.25'], ['3.5', '4.75'], ['5.5', '6.25']], about: { delimiter: ' ', decimal: ',' } },
  'single quotes': { text: "name,age\n'Lee, Ann',31\n'May, Bob',27\n", names: ['name', 'age'], rows: [['Lee, Ann', '31'], ['May, Bob', '27']], about: { quote: "'" } },
  'quotes behind backslashes': {
    text: 'id,text\n1,"say \\"hi\\", then go"\n2,"a \\\\ b"\n3,plain\n',
    names: ['id', 'text'],
    rows: [['1', 'say "hi", then go'], ['2', 'a \\ b'], ['3', 'plain']],
    about: { escape: '\\' },
  },
  'line breaks in quotes': { text: 'id,text\n1,"two\nlines"\n2,"a ""b"""\n', names: ['id', 'text'], rows: [['1', 'two\nlines'], ['2', 'a "b"']] },
  'carriage returns alone': { text: 'name,age\rAnn,31\rBob,27\rCyd,45\r', names: ['name', 'age'], rows: people },
  'mixed line ends, the one in quotes kept': { text: 'name,age\r\n"An\r\nn",31\nBob,27\rCyd,45', names: ['name', 'age'], rows: [['An\r\nn', '31'], ['Bob', '27'], ['Cyd', '45']] },
  'a title and a blank line': {
    text: 'Report of 2020\n\nname,age,city\nAnn,31,Rome\nBob,27,Oslo\n',
    names: ['name', 'age', 'city'],
    rows: [['Ann', '31', 'Rome'], ['Bob', '27', 'Oslo']],
    about: { skip: 2, header: true },
    findings: ['title-lines'],
  },
  'titles filled up with delimiters': {
    text: 'Report of 2020;;;\nprinted by;A. Lee;;\n;;;\nname;age;city;sum\nAnn;31;Rome;1,5\nBob;27;Oslo;2,5\n',
    names: ['name', 'age', 'city', 'sum'],
    rows: [['Ann', '31', 'Rome', '1.5'], ['Bob', '27', 'Oslo', '2.5']],
    findings: ['title-lines'],
  },
  'a title with a quote': { text: '"The best", he said\nname,age,city,sex\nAnn,31,Rome,f\nBob,27,Oslo,m\n', names: ['name', 'age', 'city', 'sex'], rows: [['Ann', '31', 'Rome', 'f'], ['Bob', '27', 'Oslo', 'm']], findings: ['title-lines'] },
  'lines to skip, as said': { text: 'a,b\nc,d\nname,age\nAnn,31\n', options: { skip: 2 }, names: ['name', 'age'], rows: [['Ann', '31']], about: { skip: 2 } },
  'comments above and among the rows': {
    text: '# made by hand\n# second, line\nname,age\nAnn,31\n# Bob is late\nBob,27\n',
    names: ['name', 'age'],
    rows: [['Ann', '31'], ['Bob', '27']],
    about: { comment: '#' },
    findings: ['comment-lines', 'comment-lines'],
  },
  'a header in the last comment': { text: '## version 2\n#id\tscore\n1\t0.5\n2\t0.25\n', names: ['id', 'score'], rows: [['1', '0.5'], ['2', '0.25']], findings: ['comment-lines'] },
  'percent signs before comments': { text: '% notes\n1;2\n3;4\n5;6\n', names: ['column_1', 'column_2'], rows: [['1', '2'], ['3', '4'], ['5', '6']], about: { comment: '%' }, findings: ['comment-lines'] },
  'values that only look like comments': { text: 'tag,n\n#one,1\n#two,2\n', names: ['tag', 'n'], rows: [['#one', '1'], ['#two', '2']] },
  'empty lines and lines of delimiters at the end': { text: 'name,age\nAnn,31\n,\nBob,27\n,\n\n,\n', names: ['name', 'age'], rows: [['Ann', '31'], [null, null], ['Bob', '27']], findings: ['empty-lines-at-end'] },
  'an empty line at the end of one column': { text: 'n\n1\n\n3\n\n\n', names: ['n'], rows: [['1'], [null], ['3']], findings: ['empty-lines-at-end'] },
  'a note behind an empty line': {
    text: 'name,age,city\nAnn,31,Rome\nBob,27,Oslo\n\nSource: the registry\n',
    names: ['name', 'age', 'city'],
    rows: [['Ann', '31', 'Rome'], ['Bob', '27', 'Oslo']],
    findings: ['notes-at-end'],
  },
  'the number of rows as databases write it': { text: 'name,age,city\nAnn,31,Rome\n(1 rows affected)\n', names: ['name', 'age', 'city'], rows: [['Ann', '31', 'Rome']], findings: ['notes-at-end'] },
  'delimiters behind the last cell': { text: 'name,age,\nAnn,31,\nBob,27,\n', names: ['name', 'age', 'column_3'], rows: [['Ann', '31', null], ['Bob', '27', null]], findings: ['empty-name'] },
  'delimiters behind the last cell of rows only': { text: 'name,age\nAnn,31,\nBob,27,\nCyd,45,\n', names: ['name', 'age', 'column_3'], rows: people.map((row) => [...row, null]), findings: ['short-header', 'empty-name'] },
  'delimiters behind the last name only': { text: 'name,age,\nAnn,31\nBob,27\nCyd,45\n', names: ['name', 'age'], rows: people },
  'row names without a name, as R writes them': { text: 'name age\n1 Ann 31\n2 Bob 27\n3 Cyd 45\n', names: ['column_1', 'name', 'age'], rows: people.map((row, index) => [String(index + 1), ...row]), findings: ['short-header', 'empty-name'] },
  'one column of dates with times': { text: 'when\n2020-01-01 10:00:00\n2020-01-02 11:30:00\n', names: ['when'], rows: [['2020-01-01 10:00:00'], ['2020-01-02 11:30:00']] },
  'one column of names with blanks': { text: 'person\nAnn Lee\nBob May\nCyd Fox\n', names: ['person'], rows: [['Ann Lee'], ['Bob May'], ['Cyd Fox']] },
  'one column of addresses': { text: 'http://a.org\nhttp://b.org\nhttp://c.org\n', options: { header: false }, names: ['column_1'], rows: [['http://a.org'], ['http://b.org'], ['http://c.org']] },
  'a tab by its name': { text: 'a\tb,c\n1\t2,x\n', options: { delimiter: 'tab' }, names: ['a', 'b,c'], rows: [['1', '2,x']] },
  'decimal commas between commas, as said': { text: 'a,b\n"1,5",x\n"2,5",y\n', options: { decimal: ',' }, names: ['a', 'b'], rows: [['1.5', 'x'], ['2.5', 'y']] },
  'decimal points, as said': { text: 'a;b\n1,5;x\n2,5;y\n', options: { decimal: '.' }, names: ['a', 'b'], rows: [['1,5', 'x'], ['2,5', 'y']] },
}

describe('the dialect of a text', () => {
  it.each(Object.entries(cases))('%s', async (_name, { text, options, names, rows, about, findings }) => {
    const read = await folder.read(text, options)
    expect({ names: read.names, rows: read.rows }).toEqual({ names, rows })
    if (about !== undefined) expect(read.about).toMatchObject(about)
    expect(read.findings.map(({ kind }) => kind)).toEqual(findings ?? [])
  })

  it('refuses a delimiter that cannot be one, with the names there are', async () => {
    const error = await failure(folder.read('a,b\n1,2\n', { delimiter: 'commma' }))
    expect(error).toMatchObject({ code: 'invalid-parameter', details: { value: 'commma' } })
    expect(error.message).toContain('semicolon')
  })

  it('refuses a line that does not fit into fixed widths, by its number', async () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => `${String(index).padStart(6)}      ${index % 3 === 0 ? 'a b' : 'c  '}  ${String(index % 100).padStart(3)}`)
    lines[18_500] = ' 18500 text where none is   1'
    expect(await failure(folder.read(lines.join('\n'), { delimiter: 'fixed' }))).toMatchObject({ headline: 'A line does not fit into the columns', details: { line: 18_501 } })
  })

  it('counts lines as the file has them, whatever was left out', async () => {
    const error = await failure(folder.read('# one\nname,age\r\nAnn,31\n# two\nBob,27,8\n'))
    expect(error).toMatchObject({ headline: 'A line has the wrong number of fields', details: { line: 5, expected: 2, found: 3 } })
  })
})
