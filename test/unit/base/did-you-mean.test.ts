import { expect, test } from 'vitest'
import { nearestWord, suggestion } from '../../../src/main/base/did-you-mean.ts'

test.each([
  ['trian', ['train', 'split'], 'train'],
  ['Estimator', ['estimator'], 'estimator'],
  ['xyz', ['train'], undefined],
  ['a', [], undefined],
])('%s among %j means %s', (word, candidates, expected) => {
  expect(nearestWord(word, candidates)).toBe(expected)
})

test('a suggestion is the near word, else all words, else nothing where there are many', () => {
  expect(suggestion('trian', ['train'])).toBe(', did you mean "train"?')
  expect(suggestion('zzzzzz', ['train', 'split'])).toBe('; known are: train, split')
  expect(suggestion('zzzzzz', Array.from({ length: 21 }, (_, i) => `abc${i}`))).toBe('')
})
