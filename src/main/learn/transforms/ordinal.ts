import { z } from 'zod'
import type { CategoryColumn, Column } from '../../table/column.ts'
import { defineTransform } from '../transform.ts'
import { asCategories } from './as-kind.ts'
import { levelsByCount, recode } from './levels.ts'

const params = z.strictObject({
  order: z.array(z.string()).optional().describe('Levels in their natural order; left out: the most frequent first'),
  minCount: z.int().min(1).default(1).describe('Levels with fewer training rows count as missing'),
  maxLevels: z.int().min(1).default(254).describe('At most this many levels have a code; rarer ones count as missing'),
  as: z.enum(['category', 'number']).default('category').describe('Codes without an order, or codes as numbers'),
})
type Params = z.infer<typeof params>
const fitted = z.object({ levels: z.array(z.string()) })

function learn(column: CategoryColumn, { order, minCount, maxLevels }: Params): string[] {
  if (order !== undefined) return [...new Set(order)]
  return levelsByCount(column)
    .filter(({ count }) => count >= minCount)
    .slice(0, maxLevels)
    .map(({ level }) => level)
}

function codesOf(column: CategoryColumn, levels: readonly string[], as: Params['as']): Column {
  const codeOf = recode(column, levels)
  if (as === 'category') {
    return { kind: 'category', name: column.name, codes: column.codes.map((code) => (code < 0 ? -1 : (codeOf[code] as number))), categories: levels }
  }
  const values = new Float64Array(column.codes.length)
  for (let i = 0; i < values.length; i++) {
    const code = column.codes[i] as number
    const level = code < 0 ? -1 : (codeOf[code] as number)
    values[i] = level < 0 ? Number.NaN : level
  }
  return { kind: 'number', name: column.name, values }
}

/** Codes 0, 1, 2 … for levels, the most frequent first or in a given order; missing, rare and unseen levels have none. */
export const ordinal = defineTransform<Params, z.infer<typeof fitted>>({
  id: 'ordinal',
  version: 1,
  label: 'Codes for levels',
  help: 'Gives each level a code. Learners that take categories see codes without an order; `as: number` and `order` make ordered numbers.',
  takes: 'category',
  params,
  fitted,
  fit: (column, params) => ({ levels: learn(asCategories(column), params) }),
  apply: (column, { as }, { levels }) => [codesOf(asCategories(column), levels, as)],
  describe: (_name, { order }, { levels }) => `codes for ${levels.length} levels${order === undefined ? ', the most frequent first' : ' in the given order'}`,
})
