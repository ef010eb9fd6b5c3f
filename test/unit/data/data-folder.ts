import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import type { ColumnSchema, TableSchema } from '#shared/domain/schema.ts'
import { MillraceError, type ErrorData } from '#shared/errors.ts'
import type { DataEngine } from '../../../src/main/data/engine.ts'
import { ingestFile, type Ingested } from '../../../src/main/data/ingest-file.ts'
import { openDataEngine } from '../../../src/main/data/open-engine.ts'
import type { SourceOptions } from '../../../src/main/data/sources/source-reader.ts'

/** What `ingest/file` takes beside how the file is written. */
export type IngestOptions = { readonly types?: Record<string, string>; readonly missing?: Record<string, string[]>; readonly sample?: { readonly rows: number; readonly seed: number } }

/** A real DuckDB and a temporary folder, opened before and removed after the tests of a file. */
export type DataFolder = {
  readonly path: string
  readonly engine: DataEngine
  /** Writes a file and returns its path. */
  file(name: string, content: string | Uint8Array): Promise<string>
  /** Reads a file of any kind as `ingest/file` does. */
  ingestPath(file: string, options?: SourceOptions & IngestOptions): Promise<Ingested & { parquet: string }>
  /** Writes a CSV file and reads it as `ingest/file` does. */
  ingest(content: string | Uint8Array, options?: SourceOptions & IngestOptions & { name?: string }): Promise<Ingested & { parquet: string }>
}

export function useDataFolder(threads = 2): DataFolder {
  let path = ''
  let engine: DataEngine | undefined
  let count = 0
  const opened = (): DataEngine => {
    if (engine === undefined) throw new Error('The engine opens before the first test')
    return engine
  }
  beforeAll(async () => {
    path = await mkdtemp(join(tmpdir(), 'millrace data '))
    engine = await openDataEngine({ memoryBytes: 512 << 20, threads, temporaryFolder: join(path, 'spill') })
  })
  afterAll(async () => {
    await engine?.close()
    await rm(path, { recursive: true })
  })
  const folder: DataFolder = {
    get path() {
      return path
    },
    get engine() {
      return opened()
    },
    async file(name, content) {
      const target = join(path, name)
      await writeFile(target, content)
      return target
    },
    async ingestPath(file, { types = {}, missing = {}, sample, ...options } = {}) {
      count++
      const parquet = join(path, `data ${count}.parquet`)
      const done = await ingestFile(opened(), { file, options, types, missing, sample, output: parquet, progress: () => undefined })
      return { ...done, parquet }
    },
    async ingest(content, { name = `table ${count}.csv`, ...options } = {}) {
      return folder.ingestPath(await folder.file(name, content), options)
    },
  }
  return folder
}

/** The schema of a column by name. */
export function column(schema: TableSchema, name: string): ColumnSchema {
  const found = schema.columns.find((candidate) => candidate.name === name)
  if (found === undefined) throw new Error(`No column "${name}" among ${schema.columns.map((each) => each.name).join(', ')}`)
  return found
}

/** The error that users see when `work` fails; fails the test where it does not fail, or fails with a stack trace. */
export async function failure(work: Promise<unknown>): Promise<ErrorData> {
  const outcome = await work.then(
    () => 'nothing was wrong',
    (error: unknown) => error,
  )
  if (outcome instanceof MillraceError) return outcome.data
  throw new Error(`Expected a MillraceError, got ${String(outcome)}`)
}

/** Text cells as a column schema of that name, for loaders. */
export function schemaOf(name: string, type: ColumnSchema['type'], more: Partial<ColumnSchema> = {}): ColumnSchema {
  return { name, type, role: 'feature', reason: '', missing: 0, distinct: 0, missingTokens: [], ...more }
}
