import type { ArtifactMeta } from '#shared/domain/artifact.ts'
import type { TableSchema } from '#shared/domain/schema.ts'
import type { DataEngine } from './engine.ts'
import { withRowMask } from './keep-rows.ts'
import { describeRelation, ROW_NUMBER, scanParquet, writeParquet } from './parquet.ts'
import { recount } from './recount.ts'
import { quoteIdentifier } from './sql-text.ts'

/** Writes the rows of a dataset whose entry in `keep` is 1, in order, and returns what the new dataset's record says. */
export async function writeRows(engine: DataEngine, input: string, schema: TableSchema, keep: Uint8Array, output: string): Promise<ArtifactMeta<'dataset'>> {
  await withRowMask(engine, keep, (kept) =>
    writeParquet(engine, `SELECT * EXCLUDE (${ROW_NUMBER}) FROM ${scanParquet(input, { rowNumbers: true })} WHERE ${kept}`, output, 'zstd', schema.columns.length),
  )
  const from = scanParquet(output)
  const sqlTypes = new Map((await describeRelation(engine, from)).map((column) => [column.name, column.sqlType]))
  const columns = schema.columns.map(({ name }) => ({ name, expression: quoteIdentifier(name), sqlType: sqlTypes.get(name) ?? 'VARCHAR' }))
  const counted = await recount(engine, from, columns, schema)
  return { rows: keep.reduce((sum, bit) => sum + bit, 0), schema: counted.schema }
}
