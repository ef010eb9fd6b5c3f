import { z } from 'zod'
import type { CategoryColumn } from '../../table/column.ts'
import { countTerms } from '../text/count-terms.ts'
import type { Analysis } from '../text/terms.ts'
import { chooseVocabulary } from '../text/vocabulary.ts'
import { weighTerms } from '../text/weigh-terms.ts'
import { defineTransform } from '../transform.ts'
import { asCategories } from './as-kind.ts'

/** How a text becomes weighted terms; `text-components` takes the same. */
export const termParams = z.strictObject({
  analyzer: z.enum(['word', 'char_wb']).default('word').describe('Words, or runs of characters within words and the spaces beside them'),
  ngrams: z
    .tuple([z.int().min(1).max(10), z.int().min(1).max(10)])
    .refine(([from, to]) => from <= to, 'the shortest run first')
    .optional()
    .describe('Shortest and longest run of words or characters; left out: [1, 2] for words, [2, 5] for characters'),
  minRows: z.int().min(1).default(1).describe('Terms in fewer training rows have no column'),
  maxShare: z.number().gt(0).max(1).default(1).describe('Terms in a larger share of the training rows have no column'),
  maxTerms: z.int().min(1).max(1_000_000).default(50_000).describe('At most this many terms, the most frequent, have a column'),
  sublinear: z.boolean().default(false).describe('1 + ln(count) in place of the count'),
  stopWords: z.array(z.string()).default([]).describe('Words that are passed over'),
})

/** How a text becomes weighted terms, after defaults. */
export type TermParams = z.infer<typeof termParams>

/** Terms that have a column, and their inverse document frequencies. */
export const termWeightsSchema = z.object({ terms: z.array(z.string()), weights: z.array(z.number().positive()) })

/** Terms that have a column, and their inverse document frequencies. */
export type LearntTerms = z.infer<typeof termWeightsSchema>

/** How the parameters divide texts. */
export function analysisOf({ analyzer, ngrams, stopWords }: TermParams): Analysis {
  const [from, to] = ngrams ?? (analyzer === 'word' ? [1, 2] : [2, 5])
  return { analyzer, from, to, stopWords }
}

/** Terms and weights of training rows: ln((1 + rows) / (1 + rows with the term)) + 1. */
export function learnTerms(column: CategoryColumn, params: TermParams): LearntTerms {
  const rows = column.codes.length
  const bounds = { minRows: params.minRows, maxShare: params.maxShare, maxTerms: params.maxTerms }
  const vocabulary = chooseVocabulary(countTerms(column, analysisOf(params)), rows, bounds)
  return { terms: [...vocabulary.terms], weights: vocabulary.rows.map((found) => Math.log((1 + rows) / (1 + found)) + 1) }
}

const counted = (count: number): string => count.toLocaleString('en')

/** What has columns, in words: "2,431 words and word pairs of text". */
export function describeTerms({ terms }: LearntTerms, params: TermParams): string {
  const { analyzer, from, to } = analysisOf(params)
  if (analyzer === 'char_wb') return `${counted(terms.length)} runs of ${from === to ? String(from) : `${from} to ${to}`} characters within words`
  if (to === 1) return `${counted(terms.length)} words`
  if (to === 2) return `${counted(terms.length)} ${from === 1 ? 'words and word pairs' : 'word pairs'}`
  return `${counted(terms.length)} runs of ${from} to ${to} words`
}

/** One sparse column per term of a text, weighted by TF-IDF. */
export const tfIdf = defineTransform<TermParams, LearntTerms>({
  id: 'tf-idf',
  version: 1,
  label: 'Words of a text',
  help: 'Gives each word (or run of characters) a sparse column: how often the text has it, rare words counting more. Works in any language.',
  takes: 'category',
  makes: 'number',
  fills: true,
  dense: (params) => ({ transform: 'text-components', params: { ...params, maxTerms: Math.min(20_000, params.maxTerms) } }),
  params: termParams,
  fitted: termWeightsSchema,
  fit: (column, params) => learnTerms(asCategories(column), params),
  apply(column, params, learnt) {
    const texts = asCategories(column)
    if (learnt.terms.length === 0) return []
    const mark = params.analyzer === 'word' ? 'has' : 'spells'
    return [
      {
        kind: 'sparse',
        names: learnt.terms.map((term) => `${column.name} ${mark} "${term}"`),
        rows: texts.codes.length,
        block: weighTerms(texts, analysisOf(params), learnt, params.sublinear),
      },
    ]
  },
  describe: (_name, params, learnt) => `${describeTerms(learnt, params)} of text, weighted by TF-IDF`,
})
