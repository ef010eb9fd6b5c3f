import { z } from 'zod'
import type { Repair } from '#shared/domain/repair.ts'
import type { ColumnSchema } from '#shared/domain/schema.ts'
import type { DataEngine } from '../engine.ts'
import { ROW_NUMBER } from '../parquet.ts'
import { quoteIdentifier } from '../sql-text.ts'
import { repairCell } from './repair-cell.ts'

/** What one repair changes in one column, with up to five examples; rows count from 1. */
export type RepairChanges = {
  readonly rule: string
  readonly column: string
  readonly cells: number
  readonly examples: readonly { readonly row: number; readonly before: string; readonly after: string | null }[]
}

const EXAMPLES = 5
const changesSchema = z.object({ cells: z.number(), examples: z.array(z.object({ row: z.number(), before: z.string(), after: z.string().nullable() })).nullable() })

/** Counts what each repair of a column changes, over `from`: the dataset's columns, trimmed and without missing tokens, and row numbers. */
export async function countRepairs(engine: DataEngine, from: string, schema: ColumnSchema, sqlType: string): Promise<RepairChanges[]> {
  const repairs = schema.repairs ?? []
  let layers = `(SELECT ${quoteIdentifier(schema.name)} AS cell0, ${ROW_NUMBER} FROM ${from})`
  repairs.forEach((repair, index) => {
    layers = `(SELECT *, ${repairCell(repair, { cell: `cell${index}`, sqlType, column: schema })} AS cell${index + 1} FROM ${layers})`
  })
  const items = repairs.map((_, index) => {
    const changed = `cell${index + 1} IS DISTINCT FROM cell${index}`
    const example = `{'row': ${ROW_NUMBER} + 1, 'before': CAST(cell${index} AS VARCHAR), 'after': CAST(cell${index + 1} AS VARCHAR)}`
    return `{'cells': count(*) FILTER (${changed}), 'examples': arg_min(${example}, ${ROW_NUMBER}, ${EXAMPLES}) FILTER (${changed})} AS c${index}`
  })
  const [row] = await engine.rows(`SELECT ${items.join(', ')} FROM ${layers}`, z.record(z.string(), changesSchema))
  return repairs.map((repair: Repair, index) => {
    const { cells = 0, examples } = row?.[`c${index}`] ?? {}
    return { rule: repair.rule, column: schema.name, cells, examples: (examples ?? []).map((example) => ({ ...example, before: shortened(example.before), after: example.after === null ? null : shortened(example.after) })) }
  })
}

function shortened(text: string): string {
  return text.length > 200 ? `${text.slice(0, 199)}…` : text
}
