import { z } from 'zod'
import { MillraceError } from '#shared/errors.ts'
import type { DataEngine } from './engine.ts'

/** Memory that writing takes for each column, whatever its rows: DuckDB's buffers of a Parquet column, as measured. */
const BYTES_PER_COLUMN = 256 << 10

/** Refuses a table with more columns than the engine's memory can write at once, before any row is read. */
export async function refuseTooManyColumns(engine: DataEngine, file: string, columns: number): Promise<void> {
  const [setting] = await engine.rows(`SELECT current_setting('memory_limit') AS memory`, z.object({ memory: z.string() }))
  const limit = bytesOf(setting?.memory ?? '')
  if (columns * BYTES_PER_COLUMN <= limit) return
  const most = Math.floor(limit / BYTES_PER_COLUMN)
  const megabytes = (bytes: number): string => `${Math.ceil(bytes / 2 ** 20).toLocaleString('en')} MB`
  throw new MillraceError({
    code: 'out-of-memory',
    headline: 'The table has too many columns for the memory of this step',
    message: `${file} has ${columns.toLocaleString('en')} columns, which take about ${megabytes(columns * BYTES_PER_COLUMN)} to write; this step may use ${megabytes(limit)}, enough for ${most.toLocaleString('en')} columns.`,
    nextStep: 'Give Millrace more memory, drop columns, or turn columns of one kind (one per month, per gene, per word) into rows.',
    details: { file, columns, most },
  })
}

/** Bytes of a size as DuckDB prints it ("512.0 MiB"); infinite where it prints something else. */
function bytesOf(text: string): number {
  const [, amount, unit] = /^([\d.]+) (bytes|[KMGT]iB)$/.exec(text) ?? []
  if (amount === undefined || unit === undefined) return Number.POSITIVE_INFINITY
  return Number(amount) * 1024 ** ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'].indexOf(unit)
}
