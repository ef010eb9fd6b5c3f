import type { z } from 'zod'

/** DuckDB of one worker: in memory, limited, spilling to a folder of its own; datasets are Parquet files that it scans. */
export type DataEngine = {
  /** Runs statements for their effect. Values go in as `$1 …` parameters, never into the text. */
  run(sql: string, parameters?: readonly SqlValue[]): Promise<void>
  /** A small result as records, each checked against `row`. Not for table data: that is read by chunk vectors. */
  rows<T>(sql: string, row: z.ZodType<T>, parameters?: readonly SqlValue[]): Promise<T[]>
  /** Calls `onChunk` with up to 2048 rows at a time, columns as DuckDB's own vectors, in order. */
  chunks(sql: string, onChunk: (chunk: DataChunk) => void | Promise<void>, parameters?: readonly SqlValue[]): Promise<void>
  /**
   * A second DuckDB for statements that others wrote: with the limits of this one, one thread (so that sums and orders repeat), no
   * configuration and no files but `files`. The caller closes it; `interrupt` of this one stops it too.
   */
  isolated(files: readonly string[]): Promise<DataEngine>
  /** The same database on a connection of its own: its `interrupt` and `close` leave the others alone; those of the whole take it along. */
  beside(): Promise<DataEngine>
  /** Stops the running statements; their promises reject. */
  interrupt(): void
  close(): Promise<void>
}

/** What may be bound to a statement. */
export type SqlValue = string | number | bigint | boolean | null

/** Up to 2048 rows of a result, column after column. */
export type DataChunk = {
  readonly rows: number
  /** Values of a column; null where missing. BIGINT comes as bigint, DOUBLE and INTEGER as number, VARCHAR as string. */
  column(index: number): DataVector
}

/** One column of a chunk. `numbers` is there for DOUBLE, FLOAT and INTEGER columns and shares DuckDB's memory. */
export type DataVector = {
  readonly numbers: ArrayLike<number> | undefined
  isMissing(row: number): boolean
  value(row: number): SqlValue
}

/** What a DuckDB may take from the machine. */
export type DataEngineOptions = {
  readonly memoryBytes: number
  readonly threads: number
  readonly temporaryFolder: string
  /** Rows that are looked up by their numbers at a time: a scan skips the others where no more than these are asked for. */
  readonly rowLookups?: number
  /** The only files that statements reach; all if not said. */
  readonly files?: readonly string[]
}
