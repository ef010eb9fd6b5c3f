import type { DataEngine } from './engine.ts'
import { isMoment } from './cell.ts'
import { readProseFacts } from './prose-facts.ts'
import { countRows } from './parquet.ts'
import type { SourceColumn } from './sources/source-reader.ts'
import { tallyCells, tallyGroups } from './tally-cells.ts'
import type { Edge, TextCounts, TextTally } from './text-tally.ts'
import { readTypedFacts } from './typed-facts.ts'

/** What scans say about a column: counts over all its rows. */
export type ColumnFacts = {
  /** Cells that are NULL or white space. */
  readonly blank: number
  /** Cells with white space around their text (or nothing but white space). */
  readonly padded: number
  /** Cells with one of the tokens that always mean "no value". */
  readonly always: number
  /** Cells with one of the column's own tokens for "no value". */
  readonly custom: number
  /** Cells with a token that means "no value" among numbers. */
  readonly conditional: number
  /** Cells that are neither blank nor `always` nor `custom`: the values. */
  readonly values: number
  /** Values that are numbers written the plain way, infinite ones included. */
  readonly numbers: number
  readonly infinite: number
  /** Values that are integers exactly as they would be written back, within ±(2^53 − 1). */
  readonly integers: number
  /** Values of digits alone that are too large to be exact numbers. */
  readonly hugeIntegers: number
  /** Values such as 007. */
  readonly leadingZeros: number
  /** Distinct values; `exactDistinct` says whether by HyperLogLog or exactly. */
  readonly distinct: number
  readonly exactDistinct: boolean
  readonly minimum: number | null
  readonly maximum: number | null
  readonly shortest: number | null
  readonly longest: number | null
  /** Mean number of words per value. */
  readonly words: number | null
  /** True where DuckDB holds dates or moments; then the years of the first and the last. */
  readonly moment: boolean
  readonly years: readonly [number, number] | undefined
  /** Texts that mean "no value" and infinities, with how many rows hold each, in order of their text. */
  readonly tokens: readonly { readonly text: string; readonly count: number }[]
  /** Outermost numbers, where they were looked at one by one. */
  readonly edges: { readonly low: Edge; readonly high: Edge } | undefined
  /** Texts looked at one by one: what they read as. */
  readonly tally: TextTally | undefined
}

/** How to gather facts. */
export type FactsOptions = {
  /** Further texts that mean "no value", by column name. */
  readonly missing?: ReadonlyMap<string, readonly string[]>
  /** False for texts that a sample showed to be no numbers or dates: they are then only counted. */
  readonly mayBeTyped?: (column: SourceColumn) => boolean
  /** What is known already of all texts of a column, as they stood before they were stored; undefined: they are to be looked at. */
  readonly tallied?: (column: SourceColumn) => TextTally | undefined
}

/** Up to here every cell is looked at by itself, whatever its type: planning SQL for many columns costs more. */
const SMALL = 20_000
/** Columns with at most so many distinct texts are looked at text by text. */
const FEW_TEXTS = 50_000

/** Facts about every column of `from`, in order, over all its rows. */
export async function gatherFacts(engine: DataEngine, from: string, columns: readonly SourceColumn[], options: FactsOptions = {}): Promise<ColumnFacts[]> {
  const rows = await countRows(engine, from)
  const missing = (column: SourceColumn): readonly string[] => options.missing?.get(column.name) ?? []
  if (rows <= SMALL) {
    const known = columns.map((column) => options.tallied?.(column))
    const others = columns.filter((_, index) => known[index] === undefined)
    const tallies = await tallyCells(engine, from, others, missing, rows)
    const tallyOf = new Map(others.map((column, index) => [column, tallies[index]]))
    return columns.map((column, index) => {
      const tally = known[index] ?? tallyOf.get(column)
      if (tally === undefined) throw new Error(`No tally for column ${index}`)
      return storedFacts(tally, column)
    })
  }
  const typed = await readTypedFacts(engine, from, columns, missing, rows)
  const facts: ColumnFacts[] = []
  for (const [index, column] of columns.entries()) {
    const found = typed[index]
    if (found === undefined) throw new Error(`No facts for column ${index}`)
    facts.push(found.kind === 'facts' ? found.facts : await textFacts(engine, from, column, found.distinct, missing(column), rows, options))
  }
  return facts
}

async function textFacts(engine: DataEngine, from: string, column: SourceColumn, estimate: number | undefined, missing: readonly string[], rows: number, options: FactsOptions): Promise<ColumnFacts> {
  const most = Math.min(FEW_TEXTS, rows / 8)
  const tallied = estimate === undefined || estimate <= most ? await tallyGroups(engine, from, column, missing, estimate === undefined ? most : Infinity) : estimate
  if (typeof tallied !== 'number') return factsOf(tallied, false)
  if (options.mayBeTyped?.(column) ?? false) {
    const [tally] = await tallyCells(engine, from, [column], () => missing, rows)
    if (tally !== undefined) return withDistinct(factsOf(tally, false), tallied)
  }
  return readProseFacts(engine, from, column, missing)
}

function withDistinct(facts: ColumnFacts, distinct: number): ColumnFacts {
  return facts.exactDistinct ? facts : { ...facts, distinct: Math.min(distinct, facts.values) }
}

/** The facts of a column that is stored by its type: texts that were decimals may have been spelt in several ways. */
function storedFacts(tally: TextTally, { sqlType }: SourceColumn): ColumnFacts {
  const facts = factsOf(tally, isMoment(sqlType))
  const texts = sqlType === 'DOUBLE' ? tally.distinct() : undefined
  return texts === undefined ? facts : { ...facts, integers: 0, distinct: new Set([...texts.keys()].map(Number)).size }
}

/** The facts of texts that were all looked at. */
export function factsOf(tally: TextTally, moment: boolean): ColumnFacts {
  const { counts, low, high } = tally
  const distinct = tally.distinct()
  const finite = counts.numbers - counts.infinite > 0
  return {
    ...countsOf(counts),
    distinct: distinct?.size ?? counts.values,
    exactDistinct: distinct !== undefined,
    minimum: finite ? low.value : null,
    maximum: finite ? high.value : null,
    moment,
    years: moment ? yearsOf(distinct) : undefined,
    tokens: [...tally.tokens].map(([text, count]) => ({ text, count })).toSorted((a, b) => (a.text < b.text ? -1 : 1)),
    edges: finite ? { low, high } : undefined,
    tally: moment ? undefined : tally,
  }
}

function countsOf(counts: TextCounts): Pick<ColumnFacts, 'blank' | 'padded' | 'always' | 'custom' | 'conditional' | 'values' | 'numbers' | 'infinite' | 'integers' | 'hugeIntegers' | 'leadingZeros' | 'shortest' | 'longest' | 'words'> {
  const { formatted: _formatted, dates: _dates, shortest, longest, words, ...rest } = counts
  const none = counts.values === 0
  return { ...rest, shortest: none ? null : shortest, longest: none ? null : longest, words: none ? null : words / counts.values }
}

function yearsOf(moments: ReadonlyMap<string, number> | undefined): readonly [number, number] | undefined {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const moment of moments?.keys() ?? []) {
    const written = Number(/^-?\d+/.exec(moment)?.[0])
    const year = moment.includes('(BC)') ? 1 - written : written // the year 1 BC is the year 0 of ISO 8601
    first = Math.min(first, year)
    last = Math.max(last, year)
  }
  return first <= last ? [first, last] : undefined
}
