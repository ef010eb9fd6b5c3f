import { z } from 'zod'
import type { ColumnSchema } from '#shared/domain/schema.ts'
import type { DataEngine } from '../engine.ts'
import { ROW_NUMBER, scanParquet } from '../parquet.ts'
import { readCells } from '../read-cells.ts'
import { quoteIdentifier } from '../sql-text.ts'
import { repairLayers } from './repair-layers.ts'

/** What the numbers of a column are like; dates count as milliseconds since 1970 UTC. Null where there are none. */
export type ColumnNumbers = {
  readonly values: number
  readonly minimum: number | null
  readonly maximum: number | null
  /** First quartile, median, third quartile: each is one of the values (of every k-th row where there are more than a million). */
  readonly quartiles: readonly [number, number, number] | null
  /** Median distance from the median, of the same rows. */
  readonly spread: number | null
}

/** A column to look at, with the type that DuckDB stores it as. */
export type NumberSource = { readonly schema: ColumnSchema; readonly sqlType: string }

/** Rows from which quartiles are taken: every k-th of more, which is the same on any machine. */
const MOST_ROWS = 1_000_000
/** Numbers that one statement may hold in memory at a time. */
const MOST_HELD = 4_000_000
const WIDEST = 40

const numbersSchema = z.object({ values: z.number(), minimum: z.number().nullable(), maximum: z.number().nullable(), quartiles: z.array(z.number().nullable()).nullable(), spread: z.number().nullable() })

/** What the numbers of the columns are like, after the repairs of their schemas; many columns to a statement. */
export async function readColumnNumbers(engine: DataEngine, path: string, rows: number, sources: readonly NumberSource[]): Promise<ReadonlyMap<string, ColumnNumbers>> {
  const found = new Map<string, ColumnNumbers>()
  const step = Math.ceil(rows / MOST_ROWS)
  const width = Math.max(1, Math.min(WIDEST, Math.floor(MOST_HELD / Math.max(1, rows / step))))
  for (let start = 0; start < sources.length; start += width) {
    const batch = sources.slice(start, start + width)
    const sampled = step === 1 ? '' : `CASE WHEN row_of % ${step} = 0 THEN `
    const items = batch.map((_, i) => {
      const value = `${sampled}c${i}${step === 1 ? '' : ' END'}`
      return `{'values': count(c${i}), 'minimum': min(c${i}), 'maximum': max(c${i}), 'quartiles': quantile_disc(${value}, [0.25, 0.5, 0.75]), 'spread': mad(${value})} AS c${i}`
    })
    const [row] = await engine.rows(`SELECT ${items.join(', ')} FROM ${numberRelation(path, batch)}`, z.record(z.string(), numbersSchema))
    batch.forEach(({ schema }, index) => {
      const facts = row?.[`c${index}`]
      if (facts === undefined) return
      const [low, middle, high] = facts.quartiles ?? []
      found.set(schema.name, { ...facts, quartiles: typeof low === 'number' && typeof middle === 'number' && typeof high === 'number' ? [low, middle, high] : null })
    })
  }
  return found
}

/** How often each of some numbers stands in a column, and how many lie outside bounds. */
export async function countOutside(engine: DataEngine, path: string, source: NumberSource, min: number | null, max: number | null): Promise<number> {
  const tests = [...(min === null ? [] : [`c0 < ${min}`]), ...(max === null ? [] : [`c0 > ${max}`])]
  if (tests.length === 0) return 0
  const [row] = await engine.rows(`SELECT count(*) FILTER (${tests.join(' OR ')}) AS n FROM ${numberRelation(path, [source])}`, z.object({ n: z.number() }))
  return row?.n ?? 0
}

/** A relation of the columns as DOUBLE (c0, c1, …; NULL where missing) and the 0-based number of each row (`row_of`). */
export function numberRelation(path: string, sources: readonly NumberSource[]): string {
  const layered = repairLayers(sources.map(({ schema, sqlType }) => ({ schema, sqlType, expression: quoteIdentifier(schema.name) })), scanParquet(path, { rowNumbers: true }))
  const cells = sources.map(({ schema, sqlType }, index) => ({ schema, sqlType, as: 'number' as const, expression: layered.expressions[index] ?? '' }))
  const names = cells.map((_, index) => `c${index}`)
  const items = names.map((name) => `CASE WHEN isfinite(${name}) THEN ${name} END AS ${name}`)
  return `(SELECT ${items.join(', ')}, row_of FROM (${readCells(cells, layered.from, { further: [ROW_NUMBER] })}) AS cells(${names.join(', ')}, row_of))`
}
