import { describe, expect, test } from 'vitest'
import { createTermTable } from '../../../../src/main/learn/text/term-table.ts'
import { createTermScanner, type Analysis } from '../../../../src/main/learn/text/terms.ts'
import { knownTerms, termsOfTexts } from '../../../../src/main/learn/text/text-terms.ts'
import { chooseVocabulary } from '../../../../src/main/learn/text/vocabulary.ts'
import { countTerms } from '../../../../src/main/learn/text/count-terms.ts'
import { categories } from '../columns.ts'

const words: Analysis = { analyzer: 'word', from: 1, to: 1, stopWords: [] }

function termsOf(text: string, analysis: Analysis = words): string[] {
  const { codes, starts, ends, count } = createTermScanner(analysis)(text)
  return Array.from({ length: count }, (_, i) => String.fromCodePoint(...codes.subarray(starts[i], ends[i])))
}

describe('words', () => {
  test.each([
    ['Free entry in 2 a wkly comp', ['free', 'entry', 'in', 'wkly', 'comp']],
    ["I don't_know... 3.14", ['don', 't_know', '14']],
    ['Größe ÉTÉ naïve 12', ['größe', 'été', 'naïve', '12']],
    ['Привет, мир! Καλημέρα κόσμε', ['привет', 'мир', 'καλημέρα', 'κόσμε']],
    ['मुझे हिन्दी पसंद है', ['मुझे', 'हिन्दी', 'पसंद', 'है']],
    ['good 👍🏽 day', ['good', 'day']],
    ['', []],
    [' \n\t .,;', []],
    ['e\u0301te\u0301 été', ['été', 'été']], // composed and decomposed letters are one
  ])('%s', (text, expected) => {
    expect(termsOf(text)).toEqual(expected)
  })

  test.each([['我喜欢学习', 2], ['これは日本語の文章です', 4], ['ฉันชอบเรียนภาษาไทย', 3]])('a script without spaces has words too: %s', (text, least) => {
    const found = termsOf(text)
    expect(found.length).toBeGreaterThanOrEqual(least)
    expect(found.join('')).toBe(text)
  })

  test('pairs stand side by side; stop words are passed over', () => {
    expect(termsOf('the cat sat on the mat', { ...words, to: 2, stopWords: ['THE', 'on'] })).toEqual(['cat', 'cat sat', 'sat', 'sat mat', 'mat'])
  })

  test('ASCII and other letters are divided alike', () => {
    const text = 'Call 0800-123 NOW, win_big!! x yz'
    expect(termsOf(`${text} é`)).toEqual(termsOf(text))
  })
})

test('runs of characters stay within words; a short word counts once', () => {
  expect(termsOf('Ab c', { analyzer: 'char_wb', from: 3, to: 4, stopWords: [] })).toEqual([' ab', ' ab ', 'ab ', ' c '])
  expect(termsOf('a', { analyzer: 'char_wb', from: 5, to: 6, stopWords: [] })).toEqual([' a '])
  expect(termsOf('日本', { analyzer: 'char_wb', from: 2, to: 2, stopWords: [] })).toEqual([' 日', '日本', '本 '])
  expect(termsOf('👍👍', { analyzer: 'char_wb', from: 2, to: 2, stopWords: [] })).toEqual([' 👍', '👍👍', '👍 '])
})

test('a table finds every term again among many', () => {
  const table = createTermTable()
  const codesOf = (n: number): Int32Array => Int32Array.from(String(n * 7919), (digit) => digit.codePointAt(0) ?? 0)
  const hash = 42 // the same for all: nothing but comparison tells them apart
  for (let n = 0; n < 3000; n++) expect(table.add(codesOf(n), 0, codesOf(n).length, hash)).toBe(n)
  for (let n = 0; n < 3000; n += 97) {
    expect(table.find(codesOf(n), 0, codesOf(n).length, hash)).toBe(n)
    expect(table.textOf(n)).toBe(String(n * 7919))
  }
  expect(table.find(codesOf(5000), 0, 4, hash)).toBe(-1)
})

describe('vocabulary', () => {
  const column = categories('t', ['aa bb', 'aa cc', 'aa bb dd', 'ee'])

  test('bounds as scikit-learn has them', () => {
    const counts = countTerms(column, words)
    expect(chooseVocabulary(counts, 4, { minRows: 2, maxShare: 1, maxTerms: 10 })).toEqual({ terms: ['aa', 'bb'], rows: [3, 2] })
    expect(chooseVocabulary(counts, 4, { minRows: 1, maxShare: 0.5, maxTerms: 1 })).toEqual({ terms: ['bb'], rows: [2] })
  })

  test('does not depend on the order of rows, nor on texts of other rows', () => {
    const some = { minRows: 1, maxShare: 1, maxTerms: 3 }
    const turned = categories('t', ['ee', 'aa bb dd', 'aa cc', 'aa bb'])
    const wider = { ...column, categories: [...column.categories, 'zz yy', 'cc dd'] }
    const chosen = chooseVocabulary(countTerms(column, words), 4, some)
    expect(chooseVocabulary(countTerms(turned, words), 4, some)).toEqual(chosen)
    expect(chooseVocabulary(countTerms(wider, words), 4, some)).toEqual(chosen)
  })

  test('a dictionary is read once', () => {
    expect(knownTerms(column.categories, words)).toBe(termsOfTexts(column.categories, words))
    expect(knownTerms([...column.categories], words)).toBeUndefined()
  })
})
