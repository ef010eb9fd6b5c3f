import type { PredictionField, Row, RowCell } from '#shared/domain/prediction.ts'
import { finiteOf, quantileInPlace } from '../base/statistics.ts'
import type { ColumnRead } from '../learn/recipe/index.ts'
import type { Column } from '../table/column.ts'
import type { Table } from '../table/table.ts'

/** Texts that a field offers at most. */
const LEVELS = 50
/** More distinct texts than this are entered freely. */
const CHOICES = 50
/** Rows handed along to try. */
const EXAMPLES = 20
/** Texts longer than this are shown in part only, and are no usual value. */
const LONGEST = 2000

function isoOf(moment: number): string {
  const text = new Date(moment).toISOString()
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.slice(0, 19)
}

/** The cell as a form holds it. */
export function cellAt(column: Column, row: number, type: PredictionField['type']): RowCell {
  if (column.kind === 'category') return column.categories[column.codes[row] as number] ?? null
  const value = column.values[row] as number
  if (!Number.isFinite(value)) return null
  return type === 'datetime' && Math.abs(value) <= 8.64e15 ? isoOf(value) : value
}

function numberField({ schema }: ColumnRead, values: Float64Array): PredictionField {
  const present = finiteOf(values).slice()
  const at = (q: number): number | null => (present.length === 0 ? null : quantileInPlace(present, q))
  const middle = at(0.5)
  const moment = schema.type === 'datetime'
  const median = middle !== null && schema.type === 'integer' ? Math.round(middle) : middle
  return {
    name: schema.name,
    type: schema.type,
    kind: moment ? 'moment' : 'number',
    whole: schema.type === 'integer',
    usual: median === null || !moment ? median : isoOf(median),
    low: at(0.025),
    high: at(0.975),
    levels: [],
    moreLevels: false,
    missing: values.length === 0 ? 0 : 1 - present.length / values.length,
  }
}

function textField({ schema }: ColumnRead, codes: Int32Array, categories: readonly string[]): PredictionField {
  const counts = new Float64Array(categories.length)
  let missing = 0
  for (const code of codes) {
    if (code < 0) missing++
    else counts[code] = (counts[code] as number) + 1
  }
  const ranked = categories.map((value, code) => ({ value, share: (counts[code] as number) / Math.max(1, codes.length) })).filter(({ share }) => share > 0).toSorted((a, b) => b.share - a.share)
  const short = ranked.filter(({ value }) => value.length <= LONGEST)
  const choice = schema.type !== 'text' && ranked.length <= CHOICES
  return {
    name: schema.name,
    type: schema.type,
    kind: choice ? 'choice' : 'text',
    whole: false,
    usual: short[0]?.value ?? null,
    low: null,
    high: null,
    levels: schema.type === 'text' ? [] : short.slice(0, LEVELS),
    moreLevels: schema.type !== 'text' && ranked.length > LEVELS,
    missing: codes.length === 0 ? 0 : missing / codes.length,
  }
}

/** What the fields of a model usually hold, from rows that it learnt from, and some of those rows to try. */
export function usualFields(inputs: readonly ColumnRead[], table: Table): { readonly fields: PredictionField[]; readonly examples: Row[] } {
  const columns = new Map(table.columns.map((column) => [column.name, column]))
  const fields = inputs.flatMap((input) => {
    const column = columns.get(input.schema.name)
    if (column?.kind === 'number') return [numberField(input, column.values)]
    return column?.kind === 'category' ? [textField(input, column.codes, column.categories)] : []
  })
  const count = Math.min(EXAMPLES, table.rows)
  const examples = Array.from({ length: count }, (_, at) => {
    const row = Math.floor((at * table.rows) / count)
    return Object.fromEntries(inputs.flatMap(({ schema }) => (columns.has(schema.name) ? [[schema.name, cellAt(columns.get(schema.name) as Column, row, schema.type)]] : [])))
  })
  return { fields, examples }
}
