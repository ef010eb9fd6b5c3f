import { z } from 'zod'
import type { NumberProfile } from '#shared/domain/profile.ts'
import { isMoment } from '../cell.ts'
import { readCells } from '../read-cells.ts'
import { allDone } from './all-done.ts'
import { countSorted, type CountedNumbers } from './counted-numbers.ts'
import { binOf, type Bins } from './histogram-edges.ts'
import { numberCollector } from './number-collector.ts'
import { numberScan, type NumberScan } from './number-scan.ts'
import { binsFor, histogramOf, numberProfile, profileCounted } from './number-profile.ts'
import { orderKeys, type OrderKeys } from './order-keys.ts'
import { groupCells, type ProfiledColumn, type Relation } from './relation.ts'

/** The numbers of a column: their profile, how many distinct ones there are, and, where they are few, the counted values. */
export type ReadNumbers = {
  readonly profile: NumberProfile
  readonly distinct: number
  readonly counted: CountedNumbers | undefined
  /** The cells as numbers, NaN where missing; only of columns that were read whole and in file order. */
  readonly cells: Float64Array | undefined
}

/** Up to this many distinct values (by the dataset's record) a long column is grouped by DuckDB. */
export const FEW_VALUES = 20_000

/** SELECT of columns as DOUBLE, NaN where missing; infinite numbers of real number columns stay, to be counted. */
function selectNumbers(columns: readonly ProfiledColumn[], from: string, further: readonly string[] = []): string {
  const plain = columns.every(({ sqlType }) => isStoredNumber(sqlType))
  if (!plain) return readCells(columns.map((column) => ({ ...column, as: 'number' })), from, { further })
  // What needs no reading of text is planned in no time.
  return `SELECT ${[...columns.map(({ expression }) => `coalesce(CAST(${expression} AS DOUBLE), 'NaN'::DOUBLE)`), ...further].join(', ')} FROM ${from}`
}

function isStoredNumber(sqlType: string): boolean {
  return ['DOUBLE', 'FLOAT', 'BIGINT', 'INTEGER'].includes(sqlType)
}

/** Columns as arrays, all rows in file order. */
async function readArrays({ engine, from, rows }: Relation, columns: readonly ProfiledColumn[]): Promise<Float64Array[]> {
  const arrays = columns.map(() => new Float64Array(rows))
  let row = 0
  await engine.chunks(selectNumbers(columns, from), (chunk) => {
    arrays.forEach((array, index) => {
      array.set(chunk.column(index).numbers as Float64Array, row)
    })
    row += chunk.rows
  })
  return arrays
}

/** Columns of a short table, read together. */
export async function readTogether(relation: Relation, columns: readonly ProfiledColumn[]): Promise<ReadNumbers[]> {
  return (await readArrays(relation, columns)).map((cells) => {
    let infinite = 0
    for (let i = 0; i < cells.length; i++) if (Math.abs(cells[i] as number) === Infinity) infinite++
    return ofCounted(countSorted(cells.slice()), infinite, cells)
  })
}

function ofCounted(counted: CountedNumbers, infinite: number, cells?: Float64Array): ReadNumbers {
  return { profile: profileCounted(counted, infinite), distinct: counted.values.length, counted, cells }
}

/** A long column with few distinct cells: DuckDB counts the cells, and only distinct ones are read as numbers. */
export async function readGrouped(relation: Relation, column: ProfiledColumn): Promise<ReadNumbers> {
  const values: number[] = []
  const counts: number[] = []
  let infinite = 0
  await groupCells(relation, [column], async (grouped) => {
    const numbers = selectNumbers([{ ...column, expression: 'raw' }], grouped, ['cells'])
    await relation.engine.chunks(`SELECT x, CAST(sum(n) AS DOUBLE) FROM (${numbers}) AS cell(x, n) WHERE NOT isnan(x) GROUP BY x ORDER BY x`, (chunk) => {
      const [x, n] = [chunk.column(0).numbers, chunk.column(1).numbers]
      for (let i = 0; i < chunk.rows; i++) {
        const [value, count] = [x?.[i] as number, n?.[i] as number]
        if (Number.isFinite(value)) {
          values.push(value)
          counts.push(count)
        } else infinite += count
      }
    })
  })
  return ofCounted({ values: Float64Array.from(values), counts: Float64Array.from(counts) }, infinite)
}

/**
 * Long columns with many distinct values that fit in memory together: selection in place of sorting. `quick` leaves the count
 * of distinct values to the dataset's record.
 */
export async function readSelected(relation: Relation, columns: readonly ProfiledColumn[], level: 'quick' | 'full'): Promise<ReadNumbers[]> {
  const scans = await scanColumns(relation, columns)
  const read: ReadNumbers[] = []
  for (const [index, column] of columns.entries()) {
    const scan = scans[index] as NumberScan
    const distinct = level === 'full' ? await countDistinctNumbers(relation, column) : column.schema.distinct
    const { moments, infinite } = scan.finish(distinct)
    const bins = binsFor(moments)
    const histogram = bins === undefined ? undefined : histogramOf(bins, countInBins(scan.cells, bins))
    read.push({ profile: numberProfile(moments, infinite, histogram), distinct, counted: undefined, cells: scan.cells })
  }
  return read
}

/** Reads columns in two streams at a time: DuckDB fills one of them while the other is looked at. */
async function scanColumns(relation: Relation, columns: readonly ProfiledColumn[]): Promise<NumberScan[]> {
  const keys = await keysOf(relation, columns)
  const scans = keys.map((key) => numberScan(relation.rows, key))
  const read = (part: readonly number[]): Promise<void> =>
    relation.engine.chunks(selectNumbers(part.map((index) => columns[index] as ProfiledColumn), relation.from), (chunk) => {
      for (const [at, index] of part.entries()) scans[index]?.take(chunk.column(at).numbers as Float64Array)
    })
  const half = Math.ceil(columns.length / 2)
  const indices = [...columns.keys()]
  await allDone([indices.slice(0, half), indices.slice(half)].filter((part) => part.length > 0).map(read))
  return scans
}

/** Keys for the numbers of columns, from the ends of those that are stored as numbers or moments: the file's footer knows them. */
async function keysOf({ engine, from }: Relation, columns: readonly ProfiledColumn[]): Promise<OrderKeys[]> {
  const end = (aggregate: 'min' | 'max', { expression, sqlType }: ProfiledColumn): string => {
    const value = `${aggregate}(${expression})`
    return isMoment(sqlType) ? `CAST(epoch_ms(CAST(${value} AS TIMESTAMP)) AS DOUBLE)` : isStoredNumber(sqlType) ? `CAST(${value} AS DOUBLE)` : 'NULL::DOUBLE'
  }
  const [row] = await engine.rows(`SELECT [${columns.map((column) => end('min', column)).join(', ')}] AS low, [${columns.map((column) => end('max', column)).join(', ')}] AS high FROM ${from}`, endsSchema)
  return columns.map((_, index) => orderKeys(row?.low[index] ?? Number.NaN, row?.high[index] ?? Number.NaN))
}

const anyNumber = z.union([z.number(), z.nan(), z.literal(Infinity), z.literal(-Infinity)]).nullable()
const endsSchema = z.object({ low: z.array(anyNumber), high: z.array(anyNumber) })

function countInBins(cells: Float64Array, bins: Bins): Map<number, number> {
  const counts = new Float64Array(bins.count + 2)
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i] as number
    if (cell - cell !== 0) continue // NaN or infinite
    const bin = binOf(bins, cell) + 1
    counts[bin] = (counts[bin] as number) + 1
  }
  return new Map([...counts].map((count, index) => [index - 1, count]))
}

async function countDistinctNumbers({ engine, from }: Relation, column: ProfiledColumn): Promise<number> {
  const distinct = `SELECT x FROM (${selectNumbers([column], from)}) AS cell(x) WHERE isfinite(x) GROUP BY x`
  const [row] = await engine.rows(`SELECT count(*) AS n FROM (${distinct})`, z.object({ n: z.number() }))
  return row?.n ?? 0
}

/** A column too long for memory: DuckDB sorts it, spilling to disk where it must, and it streams by; nothing of it is kept. */
export async function readSorted(relation: Relation, column: ProfiledColumn): Promise<ReadNumbers> {
  const { engine, from } = relation
  const numbers = `(${selectNumbers([column], from)}) AS cell(x)`
  const [size] = await engine.rows(
    `SELECT count(*) FILTER (isfinite(x)) AS n, count(*) FILTER (isinf(x)) AS infinite FROM ${numbers}`,
    z.object({ n: z.number(), infinite: z.number() }),
  )
  const collector = numberCollector(size?.n ?? 0)
  await engine.chunks(`SELECT x FROM ${numbers} WHERE isfinite(x) ORDER BY x`, (chunk) => {
    const x = chunk.column(0).numbers as Float64Array
    for (let i = 0; i < chunk.rows; i++) collector.take(x[i] as number, 1)
  })
  const moments = collector.finish()
  const bins = binsFor(moments)
  const histogram = bins === undefined ? undefined : histogramOf(bins, await countBins(relation, numbers, bins))
  return { profile: numberProfile(moments, size?.infinite ?? 0, histogram), distinct: moments.distinct, counted: undefined, cells: undefined }
}

/** Values by bin, counted by DuckDB; the same arithmetic as `binOf`. */
async function countBins({ engine }: Relation, numbers: string, { low, width, count }: Bins): Promise<Map<number, number>> {
  const [lowSql, widthSql] = [double(low), double(width)]
  const bin = `floor((x - ${lowSql}) / ${widthSql})`
  const placed = `CASE WHEN bin < 0 THEN -1 WHEN bin < ${count} THEN bin WHEN x <= ${lowSql} + ${widthSql} * ${count} THEN ${count - 1} ELSE ${count} END`
  const rows = await engine.rows(
    `SELECT CAST(${placed} AS INTEGER) AS b, count(*) AS n FROM (SELECT x, ${bin} AS bin FROM ${numbers} WHERE isfinite(x)) GROUP BY b`,
    z.object({ b: z.number(), n: z.number() }),
  )
  return new Map(rows.map(({ b, n }) => [b, n]))
}

function double(value: number): string {
  return `CAST('${String(value)}' AS DOUBLE)`
}
