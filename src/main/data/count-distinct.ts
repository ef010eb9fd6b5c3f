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
/** Whole numbers up to this far apart are marked off by bits: 64 MiB of them at most. */
const MOST_BITS = 2 ** 29

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
  for (const [index, found] of facts.entries()) if (!found.exactDistinct && found.distinct > EXACT_LIMIT * SLACK && alsoExact(found)) {
    const column = columns[index] as SourceColumn
    if (isDense(column, found)) counts[index] = await countWhole(engine, from, column, found.minimum, found.maximum)
    else await count([index])
  }
  return counts

  async function count(indices: readonly number[]): Promise<void> {
    const items = indices.map((index) => `count(DISTINCT ${distinctValue(columns[index] as SourceColumn)}) AS n${index}`)
    const [row] = await engine.rows(`SELECT ${items.join(', ')} FROM ${from}`, z.record(z.string(), z.number()))
    for (const index of indices) counts[index] = row?.[`n${index}`] ?? 0
  }
}

/** True for whole numbers that lie so close together that a bit for each possible one takes less memory than the rows do. */
function isDense({ sqlType }: SourceColumn, facts: ColumnFacts): facts is ColumnFacts & { readonly minimum: number; readonly maximum: number } {
  const { minimum, maximum } = facts
  if (sqlType !== 'BIGINT' || facts.custom > 0 || facts.hugeIntegers > 0 || minimum === null || maximum === null) return false
  return maximum - minimum < Math.min(MOST_BITS, 64 * facts.values)
}

/** Exact count of the distinct whole numbers of a column that lie from `minimum` to `maximum`. */
async function countWhole(engine: DataEngine, from: string, { expression }: SourceColumn, minimum: number, maximum: number): Promise<number> {
  const seen = new Uint32Array(Math.floor((maximum - minimum) / 32) + 1)
  let distinct = 0
  await engine.chunks(`SELECT CAST(x AS DOUBLE) FROM (SELECT ${expression} AS x FROM ${from}) WHERE x IS NOT NULL`, (chunk) => {
    const numbers = chunk.column(0).numbers as Float64Array
    for (let row = 0; row < chunk.rows; row++) {
      const place = (numbers[row] as number) - minimum
      const word = Math.floor(place / 32)
      const bit = 1 << (place % 32)
      const bits = seen[word] as number
      if ((bits & bit) !== 0) continue
      seen[word] = bits | bit
      distinct++
    }
  })
  return distinct
}

function distinctValue({ expression, sqlType }: SourceColumn): string {
  return sqlType === 'VARCHAR' ? valueText(trimmed(expression, sqlType)) : expression
}
