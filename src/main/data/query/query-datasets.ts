import { rm } from 'node:fs/promises'
import { z } from 'zod'
import type { TableSchema } from '#shared/domain/schema.ts'
import { MillraceError } from '#shared/errors.ts'
import type { DataEngine } from '../engine.ts'
import { ingestFile, type Ingested } from '../ingest-file.ts'
import { countRows, describeRelation, scanParquet } from '../parquet.ts'
import { temporaryFile } from '../sources/spool.ts'
import { quoteIdentifier, quoteLiteral } from '../sql-text.ts'
import { checkQuery, type RowOrder } from './check-query.ts'
import { explainQueryError } from './query-error.ts'
import { typedView } from './typed-view.ts'

/** A dataset as a table of a query. */
export type QueryTable = { readonly name: string; readonly parquet: string; readonly schema: TableSchema }

/** What to ask of which tables, and where the answer goes. */
export type QueryRequest = {
  readonly query: string
  readonly tables: readonly QueryTable[]
  /** Types set by the user, by column of the result. */
  readonly types: Readonly<Record<string, string>>
  readonly output: string
  progress(fraction: number, message: string): void
}

/** The answer as a dataset. */
export type Queried = Pick<Ingested, 'rows' | 'schema'> & { readonly findings: Ingested['report']['findings']; readonly order: RowOrder }

/**
 * Runs a SELECT over datasets in a DuckDB of its own that reaches nothing but them, and writes the answer as a dataset whose
 * columns are typed like those of a file. Rows come in the order that the query says; without ORDER BY in that of its table
 * where it only filters and computes, else sorted by its columns from left to right.
 */
export async function queryDatasets(engine: DataEngine, request: QueryRequest): Promise<Queried> {
  const query = request.query.trim().replace(/;\s*$/, '')
  const order = await checkQuery(engine, query)
  const result = await temporaryFile(engine, 'result.parquet')
  try {
    request.progress(0, 'Running the query')
    await runQuery(engine, request, query, order, result)
    if ((await countRows(engine, scanParquet(result))) === 0) throw noRows()
    const { rows, schema, report } = await ingestFile(engine, {
      file: result,
      options: {},
      types: request.types,
      output: request.output,
      progress: (fraction, message) => {
        request.progress(0.5 + fraction / 2, message)
      },
    })
    return { rows, schema, findings: report.findings, order }
  } finally {
    await rm(result, { force: true })
  }
}

async function runQuery(engine: DataEngine, { tables }: QueryRequest, query: string, order: RowOrder, result: string): Promise<void> {
  const isolated = await engine.isolated([...tables.map(({ parquet }) => parquet), result])
  const known = tables.map(({ name, schema }) => ({ name, columns: schema.columns.map((column) => column.name) }))
  try {
    for (const { name, parquet, schema } of tables) {
      const from = scanParquet(parquet)
      await isolated.run(`CREATE VIEW ${quoteIdentifier(name)} AS ${typedView(from, await describeRelation(isolated, from), schema)}`)
    }
    const columns = await isolated.rows(`DESCRIBE\n${query}`, z.object({ column_name: z.string(), column_type: z.string() }))
    // The query begins on the second line in each statement, by which errors find their line.
    const select = order === 'sorted' ? `SELECT * FROM (\n${query}\n) ORDER BY ALL` : `\n${query}\n`
    // Parquet has no integers of 128 bits, which sums of integers are; as text they keep their digits until they are typed.
    const huge = columns.filter(({ column_type: type }) => type === 'HUGEINT' || type === 'UHUGEINT').map(({ column_name: name }) => quoteIdentifier(name))
    const kept = huge.length === 0 ? select : `SELECT * REPLACE (${huge.map((name) => `CAST(${name} AS VARCHAR) AS ${name}`).join(', ')}) FROM (${select})`
    await isolated.run(`COPY (${kept}) TO ${quoteLiteral(result)} (FORMAT parquet, COMPRESSION lz4_raw)`)
  } catch (error) {
    throw explainQueryError(error, known)
  } finally {
    await isolated.close()
  }
}

function noRows(): MillraceError {
  return new MillraceError({
    code: 'invalid-data',
    headline: 'The query gives no rows',
    message: 'No row of its tables passes its conditions and joins.',
    nextStep: 'Loosen the conditions, or check that the columns it joins by hold the same values.',
  })
}
