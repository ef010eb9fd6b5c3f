import type { ColumnRole, ColumnType } from '#shared/domain/schema.ts'
import type { ColumnFacts } from './column-facts.ts'

/** A role with why it was chosen, in words. */
export type RoleGuess = { readonly role: ColumnRole; readonly reason: string }

const KEY_NAME = /^(?:id|key|uuid|guid|index|row_?(?:id|number|no)|unnamed: ?0)$|[_\s.-](?:id|key|uuid|guid)$/i
const CAMEL_KEY = /[a-z](?:ID|Id|UUID|Uuid|Key)$/
const UUID_LENGTH = 36

/** True for names such as `id`, `customer_id`, `customerID`. */
export function isKeyName(name: string): boolean {
  return KEY_NAME.test(name) || CAMEL_KEY.test(name)
}

/**
 * What a column is for. Keys name rows and say nothing about the next one, so they never enter a model by themselves:
 * unique decimals and dates are no keys, unique whole numbers only where they count on, have a fixed number of digits, or
 * are named like one. `values` rows hold something, `distinct` of them differ (exact where they could all differ).
 */
export function guessRole(name: string, type: ColumnType, facts: ColumnFacts, distinct: number): RoleGuess {
  const values = facts.values - (type === 'integer' ? facts.conditional + facts.infinite : 0)
  if (distinct === 0) return { role: 'ignore', reason: 'it says nothing' }
  if (distinct === 1) return { role: 'ignore', reason: 'every row has the same value' }
  const unique = distinct === values && facts.blank + facts.always === 0
  if (type === 'integer' && unique) return integerRole(name, facts, values)
  if ((type === 'category' || type === 'text') && unique) return textRole(name, type, facts, values)
  if ((type === 'integer' || type === 'category') && isKeyName(name) && values >= 100 && distinct > values * 0.5) {
    return { role: 'identifier', reason: `named like a key, ${distinct} different values in ${values} rows` }
  }
  return { role: 'feature', reason: '' }
}

function integerRole(name: string, facts: ColumnFacts, values: number): RoleGuess {
  const span = (facts.maximum ?? 0) - (facts.minimum ?? 0) + 1
  if (values >= 2 && isKeyName(name)) return { role: 'identifier', reason: 'named like a key, every value is different' }
  if (values >= 20 && span === values && (facts.minimum === 0 || facts.minimum === 1)) return { role: 'identifier', reason: 'it numbers the rows' }
  if (values >= 1000 && facts.shortest === facts.longest && (facts.longest ?? 0) >= 5) {
    return { role: 'identifier', reason: `codes of ${facts.longest} digits, every value is different` }
  }
  return { role: 'feature', reason: '' }
}

function textRole(name: string, type: ColumnType, facts: ColumnFacts, values: number): RoleGuess {
  if (values >= 2 && isKeyName(name)) return { role: 'identifier', reason: 'named like a key, every value is different' }
  if (values >= 10 && facts.shortest === UUID_LENGTH && facts.longest === UUID_LENGTH) return { role: 'identifier', reason: 'UUIDs, every value is different' }
  if (values >= 100 && type === 'category' && (facts.words ?? 1) < 2) return { role: 'identifier', reason: 'every value is different' }
  return { role: 'feature', reason: '' }
}
