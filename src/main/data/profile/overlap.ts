import { z } from 'zod'
import type { Overlap } from '#shared/domain/profile.ts'
import type { TableSchema } from '#shared/domain/schema.ts'
import { MillraceError } from '#shared/errors.ts'
import { readCells } from '../read-cells.ts'
import { suggestColumn } from '../suggest-column.ts'
import { openRelation, type ProfiledColumn, type Relation } from './relation.ts'

/** Another dataset to compare with, such as the rows held out for testing. */
export type Comparison = {
  readonly parquet: string
  readonly schema: TableSchema
  /** A column whose values must not stand in both, such as a customer. */
  readonly group?: string | undefined
  /** A column of moments: the other dataset should begin where this one ends. */
  readonly time?: string | undefined
}

/** How this dataset and the other overlap: rows that both hold, groups in both, and times that run into each other. */
export async function findOverlap(here: Relation, other: Comparison): Promise<Overlap> {
  const there = await openRelation(here.engine, other.parquet, other.schema)
  const names = here.columns.map(({ schema }) => schema.name)
  const otherNames = there.columns.map(({ schema }) => schema.name)
  const common = names.filter((name) => otherNames.includes(name))
  const columns = common.flatMap((name) => of(there, name) ?? [])
  return {
    rows: there.rows,
    columns: common.length,
    onlyHere: names.filter((name) => !common.includes(name)),
    onlyThere: otherNames.filter((name) => !common.includes(name)),
    shared: common.length === 0 ? 0 : await sharedRows(here, there, columns),
    groups: other.group === undefined ? null : await sharedGroups(here, there, requireColumn(common, other.group)),
    time: other.time === undefined ? null : await timeOverlap(here, there, requireColumn(common, other.time)),
  }
}

function of({ columns }: Relation, name: string): ProfiledColumn | undefined {
  return columns.find(({ schema }) => schema.name === name)
}

function requireColumn(common: readonly string[], wanted: string): string {
  if (common.includes(wanted)) return wanted
  throw new MillraceError({
    code: 'invalid-parameter',
    headline: `There is no column "${wanted}" in both datasets`,
    message: suggestColumn(wanted, common),
    nextStep: 'Name a column that both datasets have.',
    details: { column: wanted },
  })
}

/** Rows of the other dataset whose cells, as text, stand in a row of this one. */
async function sharedRows(here: Relation, there: Relation, columns: readonly ProfiledColumn[]): Promise<number> {
  const texts = columns.map(({ expression }) => `CAST(${expression} AS VARCHAR)`).join(', ')
  const [row] = await here.engine.rows(
    `SELECT count(*) AS n FROM ${there.from} WHERE hash(${texts}) IN (SELECT hash(${texts}) FROM ${here.from})`,
    z.object({ n: z.number() }),
  )
  return row?.n ?? 0
}

async function sharedGroups(here: Relation, there: Relation, column: string): Promise<Overlap['groups']> {
  const name = of(here, column)?.expression ?? ''
  const values = ({ from }: Relation): string => `SELECT g FROM (SELECT CAST(${name} AS VARCHAR) AS g FROM ${from}) WHERE g IS NOT NULL GROUP BY g`
  const [row] = await here.engine.rows(
    `SELECT count(*) AS there, count(*) FILTER (g IN (${values(here)})) AS shared FROM (${values(there)})`,
    z.object({ there: z.number(), shared: z.number() }),
  )
  return { column, shared: row?.shared ?? 0, there: row?.there ?? 0 }
}

async function timeOverlap(here: Relation, there: Relation, column: string): Promise<Overlap['time']> {
  const moments = (relation: Relation): string => {
    const found = of(relation, column) as ProfiledColumn
    return `(${readCells([{ ...found, as: 'number' }], relation.from)}) AS cell(x)`
  }
  const [last] = await here.engine.rows(`SELECT max(x) FILTER (isfinite(x)) AS t FROM ${moments(here)}`, z.object({ t: z.number().nullable() }))
  if (last === undefined || last.t === null) return null
  const [row] = await here.engine.rows(
    `SELECT min(x) FILTER (isfinite(x)) AS first, count(*) FILTER (isfinite(x) AND x <= CAST('${String(last.t)}' AS DOUBLE)) AS before FROM ${moments(there)}`,
    z.object({ first: z.number().nullable(), before: z.number() }),
  )
  return row === undefined || row.first === null ? null : { column, lastHere: last.t, firstThere: row.first, rowsBefore: row.before }
}
