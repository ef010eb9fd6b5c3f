import type { ColumnSchema, TableSchema } from '#shared/domain/schema.ts'
import { gatherFacts, type ColumnFacts } from './column-facts.ts'
import { countDistinct } from './count-distinct.ts'
import type { DataEngine } from './engine.ts'
import { holdsNumbers, isUsualToken } from './missing-tokens.ts'
import type { SourceColumn } from './sources/source-reader.ts'

/** The columns of a schema with the counts of other rows; types, roles and reasons stay. */
export async function recount(
  engine: DataEngine,
  from: string,
  columns: readonly SourceColumn[],
  schema: TableSchema,
): Promise<{ readonly schema: TableSchema; readonly facts: readonly ColumnFacts[] }> {
  const missing = new Map(schema.columns.map((column) => [column.name, column.missingTokens.filter((token) => !isUsualToken(token))]))
  const facts = await gatherFacts(engine, from, columns, { missing, mayBeTyped: () => false })
  const distinct = await countDistinct(engine, from, columns, facts)
  const counted = schema.columns.map((column, index): ColumnSchema => {
    const found = facts[index]
    if (found === undefined) throw new Error(`No facts for column "${column.name}"`)
    const skipped = holdsNumbers(column.type) ? found.conditional + found.infinite : 0
    return { ...column, missing: found.blank + found.always + found.custom + skipped, distinct: distinct[index] ?? 0 }
  })
  return { schema: { columns: counted }, facts }
}
