import { isMoment } from './cell.ts'
import { quoteIdentifier } from './sql-text.ts'
import type { DescribedColumn } from './describe-columns.ts'

/** Decimals with few distinct values stay text, because they may be classes ("1.0") whose spelling must come back. */
const DECIMALS_AS_TEXT = 100

/**
 * The SELECT item that stores a column in a dataset file under its name. Numbers become BIGINT or DOUBLE only where no
 * cell loses anything: no spaces, no missing tokens, no leading zeros; all other text stays as it reads.
 */
export function storedAs({ source, schema, facts }: Pick<DescribedColumn, 'source' | 'schema' | 'facts'>): string {
  return `${storageExpression({ source, schema, facts })} AS ${quoteIdentifier(schema.name)}`
}

function storageExpression({ source, schema, facts }: Pick<DescribedColumn, 'source' | 'schema' | 'facts'>): string {
  const { expression, sqlType } = source
  if (isMoment(sqlType)) return expression
  if (sqlType === 'DOUBLE') return `CASE WHEN isfinite(${expression}) THEN ${expression} END`
  if (sqlType === 'BIGINT') return facts.hugeIntegers === 0 ? expression : `CAST(${expression} AS VARCHAR)`
  if (facts.values === 0 || facts.padded > 0 || facts.always > 0) return expression
  if (schema.numberFormat !== undefined) return expression
  if (schema.type === 'integer' && facts.integers === facts.values) return `CAST(${expression} AS BIGINT)`
  const plain = facts.numbers === facts.values && facts.infinite === 0
  if (schema.type === 'decimal' && plain && schema.distinct > DECIMALS_AS_TEXT) return `CAST(${expression} AS DOUBLE)`
  return expression
}
