import type { ColumnSchema } from '#shared/domain/schema.ts'
import { trimmed } from '../cell.ts'
import { repairCell } from './repair-cell.ts'

/** A column of a relation whose cells are to be repaired as its schema says. */
export type RepairSource = { readonly schema: ColumnSchema; readonly expression: string; readonly sqlType: string }

/**
 * A relation with repaired cells: all columns of `from`, and for each source with repairs one more column, whose name stands
 * in `expressions` (others keep their own). One layer of SELECT for each repair, so that no expression is written into
 * another.
 */
export function repairLayers(sources: readonly RepairSource[], from: string): { readonly from: string; readonly expressions: readonly string[] } {
  const repaired = sources.flatMap((source, index) => {
    const repairs = source.schema.repairs ?? []
    return repairs.length === 0 ? [] : [{ ...source, repairs, index, name: `repaired_cell_${index}` }]
  })
  if (repaired.length === 0) return { from, expressions: sources.map(({ expression }) => expression) }
  let layers = `(SELECT *, ${repaired.map(({ expression, sqlType, name }) => `${sqlType === 'VARCHAR' ? trimmed(expression, sqlType) : expression} AS ${name}`).join(', ')} FROM ${from})`
  const depth = Math.max(...repaired.map(({ repairs }) => repairs.length))
  for (let layer = 0; layer < depth; layer++) {
    const items = repaired.flatMap(({ repairs, schema, sqlType, name }) => {
      const repair = repairs[layer]
      return repair === undefined ? [] : [`${repairCell(repair, { cell: name, sqlType, column: schema })} AS ${name}`]
    })
    layers = `(SELECT * REPLACE (${items.join(', ')}) FROM ${layers})`
  }
  const names = new Map(repaired.map(({ index, name }) => [index, name]))
  return { from: layers, expressions: sources.map(({ expression }, index) => names.get(index) ?? expression) }
}
