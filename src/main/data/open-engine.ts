import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  DuckDBDoubleVector,
  DuckDBFloatVector,
  DuckDBInstance,
  DuckDBIntegerVector,
  DuckDBVarCharVector,
  type DuckDBConnection,
  type DuckDBDataChunk,
  type DuckDBResult,
  type DuckDBVector,
} from '@duckdb/node-api'
import { cancelled } from '#shared/errors.ts'
import { nativeCall } from '../base/native-calls.ts'
import { quoteLiteral } from './sql-text.ts'
import type { DataChunk, DataEngine, DataEngineOptions, DataVector, SqlValue } from './engine.ts'
import { explainDuckDBError } from './duckdb-error.ts'
import { shortText } from './short-text.ts'

/** How often statements are interrupted again while an engine waits for them to end: one that has just begun may miss it. */
const INTERRUPT_MILLISECONDS = 20

/**
 * A DuckDB in memory, limited to `memoryBytes` and `threads`, spilling to `temporaryFolder`. It loads no extension and
 * has no way to the network. `chunks` streams on a connection of its own: other statements may run meanwhile, but
 * temporary tables of `run` are not seen there (plain tables are). `rows` gives whole numbers as `number` where they are
 * exact, else as `bigint`; lists as arrays. `close` interrupts what still runs and waits for its end.
 */
export async function openDataEngine(options: DataEngineOptions): Promise<DataEngine> {
  const instance = await nativeCall(() => DuckDBInstance.create(':memory:', {
    memory_limit: `${Math.max(64, Math.floor(options.memoryBytes / 1048576))}MiB`,
    threads: String(Math.max(1, options.threads)),
    temp_directory: options.temporaryFolder,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    preserve_insertion_order: 'true',
    ...(options.rowLookups === undefined ? {} : { dynamic_or_filter_threshold: String(Math.trunc(options.rowLookups)) }),
  }))
  const main = await nativeCall(() => prepareConnection(instance, options))
  const besides = new Set<DataEngine>()
  const engine = onConnection(instance, main, options)
  let closing: Promise<void> | undefined
  const closeAll = async (): Promise<void> => {
    for (const other of besides) await other.close()
    besides.clear()
    await engine.close()
    instance.closeSync()
  }
  return {
    ...engine,
    async beside() {
      const other = await engine.beside()
      besides.add(other)
      return { ...other, close: async () => (besides.delete(other) ? other.close() : undefined) }
    },
    close: () => (closing ??= closeAll()),
  }
}

async function prepareConnection(instance: DuckDBInstance, { files }: DataEngineOptions): Promise<DuckDBConnection> {
  const connection = await instance.connect()
  if (files !== undefined) await connection.run(`SET allowed_paths = [${files.map(quoteLiteral).join(', ')}]; SET enable_external_access = false`)
  // Databases that are attached are copies, which go with the engine: writing them out once more would take seconds.
  await connection.run(`SET TimeZone = 'UTC'; PRAGMA disable_checkpoint_on_shutdown; SET lock_configuration = true`)
  return connection
}

function onConnection(instance: DuckDBInstance, main: DuckDBConnection, options: DataEngineOptions): DataEngine {
  const open = new Set<DuckDBConnection>([main])
  const isolated = new Set<DataEngine>()
  const pending = new Set<Promise<unknown>>()
  let closing: Promise<void> | undefined
  const during = <T>(work: () => Promise<T>): Promise<T> => {
    if (closing !== undefined) return Promise.reject(cancelled())
    const running: Promise<T> = nativeCall(() => explained(work)).finally(() => pending.delete(running))
    pending.add(running)
    return running
  }
  let interrupts = 0
  const interrupt = (): void => {
    interrupts++
    for (const engine of isolated) engine.interrupt()
    for (const connection of open) connection.interrupt()
  }
  /** A connection that is closed under a statement would crash the process. */
  const closeInOrder = async (): Promise<void> => {
    while (pending.size > 0) {
      interrupt()
      await Promise.race([Promise.allSettled(pending), sleep(INTERRUPT_MILLISECONDS)])
    }
    for (const connection of open) connection.closeSync()
    open.clear()
  }
  return {
    run: (sql, parameters) =>
      during(async () => {
        await main.run(sql, bound(parameters))
      }),
    rows: (sql, row, parameters) =>
      during(async () => {
        const result = await main.run(sql, bound(parameters))
        return (await result.getRowObjectsJS()).map((record) => row.parse(exactNumbers(record)))
      }),
    chunks: (sql, onChunk, parameters) =>
      during(async () => {
        const connection = await instance.connect()
        open.add(connection)
        const before = interrupts
        try {
          const result = await connection.stream(sql, bound(parameters))
          await eachChunk(result, onChunk)
          // An interrupted stream may end as if it were whole.
          if (interrupts !== before) throw cancelled()
        } finally {
          open.delete(connection)
          connection.closeSync()
        }
      }),
    async isolated(files) {
      const engine = await openDataEngine({ ...options, threads: 1, temporaryFolder: join(options.temporaryFolder, 'isolated'), files })
      isolated.add(engine)
      return engine
    },
    beside: async () => onConnection(instance, await during(() => instance.connect()), options),
    interrupt,
    close: () => (closing ??= closeInOrder()),
  }
}

/** The next chunk is on its way while one is looked at. */
async function eachChunk(result: DuckDBResult, onChunk: (chunk: DataChunk) => void | Promise<void>): Promise<void> {
  let next = result.fetchChunk()
  try {
    for (;;) {
      const chunk = await next
      if (chunk === null || chunk.rowCount === 0) return
      next = result.fetchChunk()
      await onChunk(dataChunk(chunk))
    }
  } finally {
    await next.catch(() => null)
  }
}

async function explained<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw explainDuckDBError(error)
  }
}

function bound(parameters: readonly SqlValue[] | undefined): SqlValue[] | undefined {
  return parameters === undefined ? undefined : [...parameters]
}

function exactNumbers(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value
  if (Array.isArray(value)) return value.map(exactNumbers)
  if (value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, exactNumbers(member)]))
  }
  return value
}

function dataChunk(chunk: DuckDBDataChunk): DataChunk {
  return { rows: chunk.rowCount, column: (index) => dataVector(chunk.getColumnVector(index), chunk.rowCount) }
}

function dataVector(vector: DuckDBVector, rows: number): DataVector {
  if (vector instanceof DuckDBVarCharVector) return textVector(vector)
  return {
    numbers: sharedNumbers(vector, rows),
    isMissing: (row) => vector.getItem(row) === null,
    value: (row) => plainValue(vector.getItem(row)),
  }
}

/** Texts, read from the memory of the vector where they are short; the package keeps it private but stable. */
function textVector(vector: DuckDBVarCharVector): DataVector {
  const { dataView, validity } = vector as unknown as { readonly dataView: DataView; readonly validity: { itemValid(row: number): boolean } }
  return {
    numbers: undefined,
    isMissing: (row) => !validity.itemValid(row),
    value: (row) => (validity.itemValid(row) ? (shortText(dataView, row) ?? vector.getItem(row)) : null),
  }
}

/** DuckDB's typed array behind a vector of fixed-size numbers; the package keeps it private but stable. */
function sharedNumbers(vector: DuckDBVector, rows: number): ArrayLike<number> | undefined {
  if (!(vector instanceof DuckDBDoubleVector || vector instanceof DuckDBFloatVector || vector instanceof DuckDBIntegerVector)) return undefined
  const { items } = vector as unknown as { readonly items: Float64Array | Float32Array | Int32Array }
  return items.length === rows ? items : items.subarray(0, rows)
}

function plainValue(item: unknown): SqlValue {
  if (item === null || typeof item === 'string' || typeof item === 'number' || typeof item === 'bigint' || typeof item === 'boolean') return item
  return (item as { toString(): string }).toString() // DuckDB's own value classes (dates, decimals) print as SQL does
}
