import { z } from 'zod'
import { defineTransform } from '../transform.ts'
import type { Column } from '../../table/column.ts'

const params = z.strictObject({ keep: z.boolean().default(true).describe('Keep the column itself beside the new one') })
const fitted = z.object({ seen: z.boolean() })

function indicator(column: Column): Column {
  const rows = column.kind === 'number' ? column.values.length : column.codes.length
  const values = new Float64Array(rows)
  if (column.kind === 'number') for (let i = 0; i < rows; i++) values[i] = Number.isNaN(column.values[i]) ? 1 : 0
  else for (let i = 0; i < rows; i++) values[i] = (column.codes[i] as number) < 0 ? 1 : 0
  return { kind: 'number', name: `${column.name} (missing)`, values }
}

/** Adds a column that is 1 where the value is missing, 0 elsewhere; only where training rows miss values. */
export const missingIndicator = defineTransform<z.infer<typeof params>, z.infer<typeof fitted>>({
  id: 'missing-indicator',
  version: 1,
  label: 'Mark missing values',
  help: 'Adds a 0/1 column that says where the value was missing. Nothing is added where training rows miss no value.',
  takes: 'any',
  params,
  fitted,
  fit: (column) => ({ seen: column.kind === 'number' ? column.values.some(Number.isNaN) : column.codes.includes(-1) }),
  apply: (column, { keep }, { seen }) => [...(keep ? [column] : []), ...(seen ? [indicator(column)] : [])],
  describe: (name, _params, { seen }) => (seen ? `"${name} (missing)" marks missing values` : 'no value was missing, so none is marked'),
})
