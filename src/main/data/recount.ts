import type { ColumnSchema, TableSchema } from '#shared/domain/schema.ts'
import { trimmed, valueText } from './cell.ts'
import { gatherFacts, type ColumnFacts } from './column-facts.ts'
import { countDistinct, EXACT_DISTINCT_LIMIT } from './count-distinct.ts'
import type { DataEngine } from './engine.ts'
import { holdsNumbers } from './missing-tokens.ts'
import type { SourceColumn } from './sources/source-reader.ts'

/** The columns of a schema with the counts of other rows; types, roles and reasons stay. */
export async function recount(
  engine: DataEngine,
  from: string,
  columns: readonly SourceColumn[],
  schema: TableSchema,
): Promise<{ readonly schema: TableSchema; readonly facts: readonly ColumnFacts[] }> {
  const facts = await gatherFacts(engine, from, columns)
  const counted: ColumnSchema[] = []
  for (const [index, column] of schema.columns.entries()) {
    const [source, found] = [columns[index], facts[index]]
    if (source === undefined || found === undefined) throw new Error(`No facts for column "${column.name}"`)
    const skipped = holdsNumbers(column.type) ? found.conditional + found.infinite : 0
    counted.push({ ...column, missing: found.blank + found.always + skipped, distinct: await distinctOf(engine, from, source, found) })
  }
  return { schema: { columns: counted }, facts }
}

async function distinctOf(engine: DataEngine, from: string, source: SourceColumn, facts: ColumnFacts): Promise<number> {
  if (facts.distinct > EXACT_DISTINCT_LIMIT * 1.1) return facts.distinct
  const [exact] = await countDistinct(engine, from, [valueText(trimmed(source.expression, source.sqlType))])
  return exact ?? 0
}
