import { z } from 'zod'
import { project, truncatedSvd } from '../algebra/truncated-svd.ts'
import { weighTerms } from '../text/weigh-terms.ts'
import { defineTransform } from '../transform.ts'
import { asCategories } from './as-kind.ts'
import { packFloats, unpackFloats } from './packed-floats.ts'
import { analysisOf, describeTerms, learnTerms, termParams, termWeightsSchema } from './tf-idf.ts'

const params = termParams.extend({
  maxTerms: z.int().min(1).max(100_000).default(20_000).describe('At most this many terms, the most frequent, are looked at'),
  components: z.int().min(1).max(500).default(60).describe('Columns that the terms are condensed into'),
})
type Params = z.infer<typeof params>

const fitted = termWeightsSchema.extend({
  components: z.int().nonnegative(),
  /** Little-endian float32 in base64: per term its coordinates. */
  directions: z.base64(),
  /** Share of the terms' squared weights that the components hold together. */
  share: z.number().min(0).max(1 + 1e-6),
})
type Fitted = z.infer<typeof fitted>

/** A few dense columns that hold what matters of a text's words: TF-IDF, then its strongest directions (latent semantic analysis). */
export const textComponents = defineTransform<Params, Fitted>({
  id: 'text-components',
  version: 1,
  label: 'Topics of a text',
  help: 'Condenses the words of a text into a few numbers: TF-IDF and its truncated singular value decomposition (latent semantic analysis).',
  takes: 'category',
  makes: 'number',
  fills: true,
  params,
  fitted,
  fit(column, { components, ...given }, { rng }) {
    const texts = asCategories(column)
    const learnt = learnTerms(texts, given)
    const block = weighTerms(texts, analysisOf(given), learnt, given.sublinear)
    const found = truncatedSvd(block, texts.codes.length, components, rng.fork('directions'))
    const share = found.shares.reduce((sum, one) => sum + one, 0)
    return { ...learnt, components: found.components, directions: packFloats(found.directions), share: Math.min(1, share) }
  },
  apply(column, { components: _, ...given }, learnt) {
    const texts = asCategories(column)
    const block = weighTerms(texts, analysisOf(given), learnt, given.sublinear)
    const directions = unpackFloats(learnt, learnt.directions, learnt.terms.length * learnt.components)
    return project(block, texts.codes.length, directions, learnt.components).map((values, index) => ({
      kind: 'number', name: `${column.name} (topic ${index + 1})`, values,
    }))
  },
  describe: (_name, { components: _, ...given }, learnt) =>
    `${describeTerms(learnt, given)} of text, condensed into ${learnt.components} topics that hold ${(learnt.share * 100).toFixed(1)} % of their weight`,
})
