import { z } from 'zod'
import { defineTransform } from '../transform.ts'
import { asCategories } from './as-kind.ts'
import { levelsByCount, recode } from './levels.ts'

const params = z.strictObject({
  maxLevels: z.int().min(1).default(100_000).describe('Rarer levels than these count as unseen'),
})
const fitted = z.object({ levels: z.array(z.string()), shares: z.array(z.number().gt(0).max(1)) })

/** The share of training rows that have the row's level; 0 for unseen levels. Missing stays missing. */
export const frequency = defineTransform<z.infer<typeof params>, z.infer<typeof fitted>>({
  id: 'frequency',
  version: 1,
  label: 'How frequent the level is',
  help: 'Puts the share of training rows that hold the level in its place. Levels that training did not see have share 0.',
  takes: 'category',
  makes: 'number',
  params,
  fitted,
  fit(column, { maxLevels }) {
    const texts = asCategories(column)
    const kept = levelsByCount(texts).slice(0, maxLevels)
    return { levels: kept.map(({ level }) => level), shares: kept.map(({ count }) => count / texts.codes.length) }
  },
  apply(column, _params, { levels, shares }) {
    const texts = asCategories(column)
    const codeOf = recode(texts, levels)
    const values = Float64Array.from(texts.codes, (code) => (code < 0 ? Number.NaN : (shares[codeOf[code] as number] ?? 0)))
    return [{ kind: 'number', name: `${column.name} (frequency)`, values }]
  },
  describe: (_name, _params, { levels }) => `share of training rows with each of ${levels.length.toLocaleString('en')} levels`,
})
