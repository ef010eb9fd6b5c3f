import type { DataChunk, DataEngine } from './engine.ts'
import { countRows } from './parquet.ts'
import type { SourceColumn } from './sources/source-reader.ts'
import { createTextTally, type TextTally } from './text-tally.ts'

/** Cells that are looked at in one scan: bounds the distinct texts held at a time. */
const CELLS_PER_SCAN = 1_000_000
/** Columns of one scan. */
const MOST_COLUMNS = 500

/** Rows of the chunks that a long result comes in. */
const CHUNK_ROWS = 2048

/** Tallies of the first rows; `whole` where these are all, and every distinct value is held as if all cells had been looked for. */
export type HeadTallies = { readonly tallies: readonly TextTally[]; readonly whole: boolean }

/**
 * Tallies of the first `rows` rows of `from`, of all columns in one scan: for sources that are costly to scan. Of a long source no more than
 * `distinctLimit` distinct values are held; a short one is looked at as `tallyCells` does, so that once is enough.
 */
export async function tallyHead(
  engine: DataEngine,
  from: string,
  columns: readonly SourceColumn[],
  missing: (column: SourceColumn) => readonly string[],
  rows: number,
  distinctLimit: number,
): Promise<HeadTallies> {
  let tallies: TextTally[] | undefined
  let isShort = true
  let seen = 0
  const begin = (first: number): TextTally[] => {
    isShort = first < Math.min(rows, CHUNK_ROWS)
    return columns.map((column) => createTextTally(missing(column), isShort ? undefined : distinctLimit))
  }
  if (columns.length > 0) {
    await engine.chunks(`SELECT ${columns.map(textOf).join(', ')} FROM ${from} LIMIT ${rows}`, (chunk) => {
      tallies ??= begin(chunk.rows)
      seen += chunk.rows
      takeChunk(chunk, tallies)
    })
  }
  return { tallies: tallies ?? begin(0), whole: isShort && seen < rows }
}

/** Tallies of the columns of `from`, every cell looked at, some columns to a scan; `rows` says how long they are. */
export async function tallyCells(
  engine: DataEngine,
  from: string,
  columns: readonly SourceColumn[],
  missing: (column: SourceColumn) => readonly string[],
  rows: number,
): Promise<TextTally[]> {
  const batch = Math.max(1, Math.min(MOST_COLUMNS, Math.floor(CELLS_PER_SCAN / Math.max(1, rows))))
  const tallies = columns.map((column) => createTextTally(missing(column)))
  for (let start = 0; start < columns.length; start += batch) {
    const cells = columns.slice(start, start + batch).map(textOf)
    await scanInto(engine, `SELECT ${cells.join(', ')} FROM ${from}`, tallies.slice(start, start + batch))
  }
  return tallies
}

async function scanInto(engine: DataEngine, select: string, tallies: readonly TextTally[]): Promise<void> {
  await engine.chunks(select, (chunk) => {
    takeChunk(chunk, tallies)
  })
}

function takeChunk(chunk: DataChunk, tallies: readonly TextTally[]): void {
  tallies.forEach((tally, index) => {
    const vector = chunk.column(index)
    for (let row = 0; row < chunk.rows; row++) tally.add(vector.value(row) as string | null, 1)
  })
}

/** The tally of one column, each distinct text looked at once; where these are more than `most`, how many (missing ones too). */
export async function tallyGroups(engine: DataEngine, from: string, column: SourceColumn, missing: readonly string[], most: number): Promise<TextTally | number> {
  await engine.run(`CREATE OR REPLACE TABLE ${GROUPED} AS SELECT t, CAST(count(*) AS DOUBLE) AS n FROM (SELECT ${textOf(column)} AS t FROM ${from}) GROUP BY t`)
  try {
    const groups = await countRows(engine, GROUPED)
    if (groups > most) return groups
    const tally = createTextTally(missing)
    // In order, so that the same data gives the same examples on any number of threads.
    await engine.chunks(`SELECT t, n FROM ${GROUPED} ORDER BY n DESC, t`, (chunk) => {
      const [texts, counts] = [chunk.column(0), chunk.column(1)]
      for (let row = 0; row < chunk.rows; row++) tally.add(texts.value(row) as string | null, counts.value(row) as number)
    })
    return tally
  } finally {
    await engine.run(`DROP TABLE ${GROUPED}`)
  }
}

const GROUPED = 'tallied_cells'

function textOf({ expression, sqlType }: SourceColumn): string {
  return sqlType === 'VARCHAR' ? expression : `CAST(${expression} AS VARCHAR)`
}
