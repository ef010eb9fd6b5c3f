import type { ColumnProfile, MissingPatterns } from '#shared/domain/profile.ts'
import { readCells } from '../read-cells.ts'
import { trimmed } from '../cell.ts'
import { missingTexts } from '../missing-tokens.ts'
import { isOneOf } from '../sql-text.ts'
import { isNumbers, type ProfiledColumn, type Relation } from './relation.ts'

/** Columns whose missing cells are compared; the pattern of a row is a whole number of as many bits. */
const MOST_COLUMNS = 40
const SHOWN_PATTERNS = 20

/** Which columns lack values in the same rows; null where no column, or only one, lacks any. */
export async function findMissingPatterns(relation: Relation, columns: readonly ColumnProfile[]): Promise<MissingPatterns | null> {
  const lacking = columns.filter(({ missing }) => missing > 0).toSorted((a, b) => b.missing - a.missing)
  const chosen = lacking.slice(0, MOST_COLUMNS).flatMap(({ name }) => relation.columns.find(({ schema }) => schema.name === name) ?? [])
  if (chosen.length < 2) return null
  const patterns: { missing: number[]; rows: number }[] = []
  const together = chosen.map(() => chosen.map(() => 0))
  let complete = 0
  await relation.engine.chunks(patternQuery(relation, chosen), (chunk) => {
    const [bits, rows] = [chunk.column(0), chunk.column(1)]
    for (let i = 0; i < chunk.rows; i++) {
      const missing = bitsOf(bits.value(i) as bigint)
      const count = Number(rows.value(i))
      if (missing.length === 0) complete = count
      else if (patterns.length < SHOWN_PATTERNS) patterns.push({ missing, rows: count })
      for (const a of missing) for (const b of missing) (together[a] as number[])[b] = ((together[a] as number[])[b] ?? 0) + count
    }
  })
  return { columns: chosen.map(({ schema }) => schema.name), leftOut: lacking.length - chosen.length, complete, patterns, together }
}

/** Patterns as whole numbers, bit i for column i, the most frequent first. */
function patternQuery(relation: Relation, columns: readonly ProfiledColumn[]): string {
  const flags = columns.map((column, index) => `${missingFlag(column, index)} AS m${index}`)
  const bits = columns.map((_, index) => `m${index} * CAST(${2 ** index} AS BIGINT)`).join(' + ')
  return `SELECT pattern, count(*) AS n FROM (SELECT ${bits} AS pattern FROM (SELECT ${flags.join(', ')} FROM ${cellsOf(relation, columns)})) GROUP BY pattern ORDER BY n DESC, pattern`
}

function missingFlag(column: ProfiledColumn, index: number): string {
  const missing = isNumbers(column) ? `isnan(c${index})` : `t${index} IS NULL OR ${isOneOf(`t${index}`, ['', ...missingTexts(column.schema)])}`
  return `CAST((${missing}) AS BIGINT)`
}

/** A relation of the columns c0, c1 …, numbers with NaN where missing; texts also trimmed, as t0, t1 … */
function cellsOf({ from }: Relation, columns: readonly ProfiledColumn[]): string {
  const names = columns.map((_, index) => `c${index}`).join(', ')
  const cells = readCells(columns.map((column) => ({ ...column, as: isNumbers(column) ? 'number' : 'category' })), from)
  const trimmedTexts = columns.flatMap((column, index) => (isNumbers(column) ? [] : [`${trimmed(`c${index}`, column.sqlType)} AS t${index}`]))
  return `(SELECT ${['*', ...trimmedTexts].join(', ')} FROM (${cells}) AS cell(${names}))`
}

function bitsOf(pattern: bigint): number[] {
  const bits: number[] = []
  for (let index = 0; pattern >> BigInt(index) > 0n; index++) if ((pattern >> BigInt(index)) & 1n) bits.push(index)
  return bits
}
