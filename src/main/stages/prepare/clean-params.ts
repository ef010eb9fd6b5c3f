import { z } from 'zod'
import type { TableSchema } from '#shared/domain/schema.ts'
import { MillraceError } from '#shared/errors.ts'
import type { ColumnRules } from '../../data/clean-dataset.ts'
import { columnWishSchema } from '../../data/repair/rule.ts'
import { repairRules } from '../../data/repair/rules/index.ts'
import { suggestColumn } from '../../data/suggest-column.ts'

/** What each rule may do; the first mode is the default. */
const ruleModes = Object.fromEntries(repairRules.map(({ id, modes, help }) => [id, z.enum(modes).optional().describe(`${help} Default: ${modes[0]}`)]))

const columnSchema = z.strictObject({ ...ruleModes, ...columnWishSchema.shape })

/** Parameters of prepare/clean. */
export const cleanParams = z.strictObject({
  duplicates: z
    .enum(['auto', 'report', 'remove'])
    .default('auto')
    .describe('Rows that repeat an earlier row in every column: remove them, only report them, or (auto) remove them where the table has a key'),
  near: z.enum(['report', 'remove', 'off']).default('report').describe('Rows that repeat an earlier row but for spelling or a small edit in one text: report them, remove them, or do not look'),
  rules: z.strictObject(ruleModes).default({}).describe('What each rule may do, e.g. { variants: off, outliers: clip }'),
  columns: z
    .record(z.string(), columnSchema)
    .default({})
    .describe('The same by column, and what it may hold: min, max, outside, allowed, pattern, replace, unit, dateOrder; e.g. { age: { min: 0, max: 120 }, city: { variants: off } }'),
  outliers: z
    .strictObject({
      method: z.enum(['iqr', 'robust-z']).default('iqr').describe('Fences by quartiles, or z-scores by medians'),
      width: z.number().positive().optional().describe('Interquartile ranges beyond the quartiles (3), or robust z-score (3.5)'),
    })
    .default({ method: 'iqr' })
    .describe('How outliers are told'),
})

/** The modes of rules that were said, by rule. */
export function setModes(said: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return Object.fromEntries(repairRules.flatMap(({ id }) => (typeof said[id] === 'string' ? [[id, said[id]]] : [])))
}

/** Modes and wishes by column; a column that is not there, or the target, is an error. */
export function readColumnRules(columns: z.infer<typeof cleanParams>['columns'], schema: TableSchema, target: string | undefined): ReadonlyMap<string, ColumnRules> {
  const names = schema.columns.map(({ name }) => name)
  return new Map(
    Object.entries(columns).map(([name, said]) => {
      if (!names.includes(name)) throw wrongColumn(name, `There is no column "${name}"`, suggestColumn(name, names), 'Correct the name.')
      if (name === target) throw wrongColumn(name, `The target "${name}" is not repaired`, 'What a model is to predict stays exactly as its cells read.', 'Take the column out of columns; correct its cells in the data, or with prepare/sql.')
      return [name, { modes: setModes(said), wish: columnWishSchema.parse(said) }]
    }),
  )
}

function wrongColumn(column: string, headline: string, message: string, nextStep: string): MillraceError {
  return new MillraceError({ code: 'invalid-parameter', headline, message: `prepare/clean, columns: "${column}". ${message}`, nextStep, details: { column } })
}
