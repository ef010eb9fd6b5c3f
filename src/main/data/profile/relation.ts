import type { ColumnSchema, TableSchema } from '#shared/domain/schema.ts'
import { MillraceError } from '#shared/errors.ts'
import type { DataEngine } from '../engine.ts'
import { holdsNumbers, missingTexts } from '../missing-tokens.ts'
import { countRows, describeRelation, scanParquet } from '../parquet.ts'
import { sliceColumns } from '../slices.ts'
import { isOneOf, quoteIdentifier } from '../sql-text.ts'
import { trimmed } from '../cell.ts'

/** A column of the table under the profile: its schema and how DuckDB holds it. */
export type ProfiledColumn = { readonly schema: ColumnSchema; readonly expression: string; readonly sqlType: string }

/** The table under the profile. */
export type Relation = {
  readonly engine: DataEngine
  /** SQL after FROM. */
  readonly from: string
  readonly path: string
  readonly rows: number
  readonly columns: readonly ProfiledColumn[]
}

/** A dataset's Parquet file with its schema, ready to be asked. */
export async function openRelation(engine: DataEngine, path: string, schema: TableSchema): Promise<Relation> {
  const from = scanParquet(path)
  const stored = new Map((await describeRelation(engine, from)).map(({ name, sqlType }) => [name, sqlType]))
  const columns = schema.columns.map((column): ProfiledColumn => {
    const sqlType = stored.get(column.name)
    if (sqlType === undefined) throw notStored(path, column.name)
    return { schema: column, expression: quoteIdentifier(column.name), sqlType }
  })
  return { engine, from, path, rows: await countRows(engine, from), columns }
}

/** A table cut into files of few columns where it is wide; each is asked about its own columns only. */
export async function openParts(relation: Relation, folder: string, progress: () => void): Promise<readonly Relation[]> {
  const columns = relation.columns.map(({ schema }) => schema)
  const slices = await sliceColumns(relation.engine, { path: relation.path, columns }, relation.rows, folder, progress)
  return slices.length === 1 ? [relation] : Promise.all(slices.map(({ path, columns: some }) => openRelation(relation.engine, path, { columns: [...some] })))
}

/** True where a column is profiled as numbers (moments as milliseconds since 1970-01-01 UTC). */
export function isNumbers({ schema }: Pick<ProfiledColumn, 'schema'>): boolean {
  return holdsNumbers(schema.type)
}

/** SQL of a cell's value as trimmed text, NULL where it means "no value", over a relation whose column is `raw`. */
export function textValues(raw: string, { schema, sqlType }: ProfiledColumn, from: string, further = ''): string {
  const missing = isOneOf('t', ['', ...missingTexts(schema)])
  return `(SELECT CASE WHEN ${missing} THEN NULL ELSE t END AS v${further} FROM (SELECT ${trimmed(raw, sqlType)} AS t${further} FROM ${from}))`
}

/**
 * Lets `use` ask for the distinct cells of columns (`raw`; which column: `place`) with how many rows hold each (`cells`, DOUBLE)
 * by the name of a table of them: conditions on a cell are then tried once for each distinct one. DuckDB would try those of a
 * query around a subquery or CTE on every row. Several columns must be of one type.
 */
export async function groupCells({ engine, from }: Relation, columns: readonly ProfiledColumn[], use: (table: string) => Promise<void>): Promise<void> {
  const expressions = columns.map(({ expression }) => expression)
  const cells = columns.length === 1 ? `SELECT 0 AS place, ${expressions.join('')} AS raw` : `SELECT unnest([${[...columns.keys()].join(', ')}]) AS place, unnest([${expressions.join(', ')}]) AS raw`
  const keys = columns.length === 1 ? 'raw' : 'place, raw'
  await engine.run(`CREATE OR REPLACE TABLE ${GROUPED} AS SELECT ${columns.length === 1 ? '0 AS place, raw' : keys}, CAST(count(*) AS DOUBLE) AS cells FROM (${cells} FROM ${from}) GROUP BY ${keys}`)
  try {
    await use(GROUPED)
  } finally {
    await engine.run(`DROP TABLE ${GROUPED}`)
  }
}

const GROUPED = 'profiled_cells'

function notStored(file: string, column: string): MillraceError {
  return new MillraceError({
    code: 'corrupt',
    headline: `Column "${column}" is not in the stored dataset`,
    message: `The dataset's record lists a column "${column}" that its file ${file} does not hold.`,
    nextStep: 'Import the file again.',
    details: { file, column },
  })
}
