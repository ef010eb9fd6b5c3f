import type { ColumnProfile } from '#shared/domain/profile.ts'
import { allDone } from './all-done.ts'
import { FEW_VALUES, readGrouped, readSelected, readSorted, readTogether, type ReadNumbers } from './read-numbers.ts'
import { readDates } from './read-dates.ts'
import { readTexts, textBatches, type ReadTexts } from './read-texts.ts'
import { isNumbers, type ProfiledColumn, type Relation } from './relation.ts'

/** How far columns are profiled. */
export type ColumnOptions = {
  /** `quick`: what a look at the data needs; `full`: also exact distinct counts of long texts, lengths, variants. */
  readonly level: 'quick' | 'full'
  /** Milliseconds of the day after which dates are in the future. */
  readonly asOf: number
  /** Called between scans; may throw to stop. */
  progress(fraction: number): void
}

/** Up to this many rows columns are read whole and several at a time. */
const SHORT_TABLE = 300_000
/** Cells of such a batch of columns, and how many columns. */
const BATCH_CELLS = 4_000_000
const BATCH_COLUMNS = 32
/** Cells of the columns of a longer table that are held together (256 MB). */
const LONG_CELLS = 32_000_000
/** Up to this many rows a column of numbers is held in memory (128 MB); longer ones stream by in order. */
const LONGEST_IN_MEMORY = 16_000_000

/** Every column by itself, in the order of the schema; `parts` hold the columns of the table. */
export async function profileColumns(parts: readonly Relation[], options: ColumnOptions): Promise<ColumnProfile[]> {
  const profiles: ColumnProfile[] = []
  for (const [index, part] of parts.entries()) {
    profiles.push(...(await profilePart(part, { ...options, progress: (fraction) => { options.progress((index + fraction) / parts.length) } })))
  }
  return profiles
}

async function profilePart(relation: Relation, options: ColumnOptions): Promise<ColumnProfile[]> {
  const { columns, rows } = relation
  const profiles = new Map<string, ColumnProfile>()
  const done = (column: ProfiledColumn, profile: ColumnProfile): void => {
    profiles.set(column.schema.name, profile)
    options.progress(profiles.size / columns.length)
  }
  const [numbers, texts] = [columns.filter(isNumbers), columns.filter((column) => !isNumbers(column))]
  const short = rows <= SHORT_TABLE
  const isGrouped = ({ schema }: ProfiledColumn): boolean => !short && schema.distinct <= FEW_VALUES
  const streamed = async (): Promise<void> => {
    for (const batch of batches(numbers.filter((column) => !isGrouped(column)), rows)) await readBatch(batch)
  }
  const grouped = async (): Promise<void> => {
    for (const column of numbers.filter(isGrouped)) await describe(column, await readGrouped(relation, column))
    for (const batch of textBatches(texts, rows)) {
      const read = await readTexts(relation, batch, options.level)
      for (const [index, column] of batch.entries()) done(column, textColumn(relation, column, read[index] as ReadTexts))
    }
  }
  if (rows <= LONGEST_IN_MEMORY) {
    // Side by side: DuckDB groups cells by itself, while numbers that stream by are looked at here.
    await allDone([streamed(), grouped()])
  } else {
    // Sorting and grouping each want the memory for themselves.
    await streamed()
    await grouped()
  }
  return columns.map(({ schema }) => profiles.get(schema.name) as ColumnProfile)

  async function readBatch(batch: readonly ProfiledColumn[]): Promise<void> {
    const read = short ? await readTogether(relation, batch) : await readLong(relation, batch, options.level)
    for (const [index, column] of batch.entries()) await describe(column, read[index] as ReadNumbers)
  }

  async function describe(column: ProfiledColumn, numbers: ReadNumbers): Promise<void> {
    const dates = column.schema.type === 'datetime' ? await readDates(relation, column, numbers.cells, options.asOf) : undefined
    done(column, numberColumn(relation, column, numbers, dates, options.level))
  }
}

/** As many columns as fit in memory together; those that do not fit are sorted, two at a time. */
function batches(columns: readonly ProfiledColumn[], rows: number): ProfiledColumn[][] {
  const cells = rows > SHORT_TABLE ? LONG_CELLS : BATCH_CELLS
  const size = rows > LONGEST_IN_MEMORY ? 2 : Math.max(1, Math.min(BATCH_COLUMNS, Math.floor(cells / Math.max(1, rows))))
  return Array.from({ length: Math.ceil(columns.length / size) }, (_, i) => columns.slice(i * size, (i + 1) * size))
}

function readLong(relation: Relation, batch: readonly ProfiledColumn[], level: 'quick' | 'full'): Promise<readonly ReadNumbers[]> {
  return relation.rows <= LONGEST_IN_MEMORY ? readSelected(relation, batch, level) : Promise.all(batch.map((column) => readSorted(relation, column)))
}

function nothingYet({ schema }: ProfiledColumn): ColumnProfile {
  const { name, type, role, reason, distinct, missing } = schema
  return { name, type, role, reason, missing, distinct, distinctExact: true, numbers: null, texts: null, dates: null, top: [], variants: 0, numberLike: 0, target: null }
}

/** Values of a column of numbers that are worth a list: where there are few, or some come often. */
function topNumbers({ counted, profile }: ReadNumbers): ColumnProfile['top'] {
  if (counted === undefined) return []
  const order = [...counted.values.keys()].toSorted((a, b) => (counted.counts[b] as number) - (counted.counts[a] as number) || a - b).slice(0, 20)
  const often = order.length > 0 && (counted.counts[order[0] ?? 0] as number) > 1
  const few = counted.values.length < profile.values * 0.9
  return often && few ? order.map((i) => ({ value: String(counted.values[i]), count: counted.counts[i] as number })) : []
}

function numberColumn(relation: Relation, column: ProfiledColumn, read: ReadNumbers, dates: ColumnProfile['dates'] | undefined, level: 'quick' | 'full'): ColumnProfile {
  const isDate = column.schema.type === 'datetime'
  return {
    ...nothingYet(column),
    // Infinite numbers are no values to learn from, but they are not missing either: the profile tells them apart.
    missing: relation.rows - read.profile.values - read.profile.infinite,
    distinct: read.distinct,
    distinctExact: level === 'full' || read.counted !== undefined || relation.rows > LONGEST_IN_MEMORY,
    numbers: read.profile,
    dates: dates ?? null,
    top: isDate ? [] : topNumbers(read),
  }
}

function textColumn(relation: Relation, column: ProfiledColumn, read: ReadTexts): ColumnProfile {
  return {
    ...nothingYet(column),
    missing: relation.rows - read.values,
    distinct: read.distinct,
    distinctExact: read.distinctExact,
    texts: read.texts ?? null,
    top: [...read.top],
    variants: read.variants,
    numberLike: read.numberLike,
  }
}
