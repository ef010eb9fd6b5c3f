import { z } from 'zod'
import { trimmed, valueText } from './cell.ts'
import type { ColumnFacts } from './column-facts.ts'
import type { DataEngine } from './engine.ts'
import type { SourceColumn } from './sources/source-reader.ts'

/** Above this many distinct values an approximate count is good enough. */
const EXACT_LIMIT = 10_000
/** The approximate count may be this much too low or too high. */
const SLACK = 1.1
const BATCH = 50

/**
 * Distinct values per column: exact up to 10,000 and for the columns that `alsoExact` names, else the approximate count of
 * the facts.
 */
export async function countDistinct(
  engine: DataEngine,
  from: string,
  columns: readonly SourceColumn[],
  facts: readonly ColumnFacts[],
  alsoExact: (facts: ColumnFacts) => boolean = () => false,
): Promise<number[]> {
  const counts = facts.map((found) => found.distinct)
  const few = facts.flatMap((found, index) => (!found.exactDistinct && found.distinct <= EXACT_LIMIT * SLACK ? [index] : []))
  for (let start = 0; start < few.length; start += BATCH) await count(few.slice(start, start + BATCH))
  // One statement each: the hash table of a column with millions of values fills the memory by itself.
  for (const [index, found] of facts.entries()) if (!found.exactDistinct && found.distinct > EXACT_LIMIT * SLACK && alsoExact(found)) await count([index])
  return counts

  async function count(indices: readonly number[]): Promise<void> {
    const items = indices.map((index) => `count(DISTINCT ${distinctValue(columns[index] as SourceColumn)}) AS n${index}`)
    const [row] = await engine.rows(`SELECT ${items.join(', ')} FROM ${from}`, z.record(z.string(), z.number()))
    for (const index of indices) counts[index] = row?.[`n${index}`] ?? 0
  }
}

function distinctValue({ expression, sqlType }: SourceColumn): string {
  return sqlType === 'VARCHAR' ? valueText(trimmed(expression, sqlType)) : expression
}
