import { z } from 'zod'
import { columnTypeSchema, type ColumnRole, type ColumnSchema, type ColumnType } from '#shared/domain/schema.ts'
import { MillraceError } from '#shared/errors.ts'
import { suggestColumn } from './suggest-column.ts'

/** A type that the user set; dates may say their format, numbers their decimal mark. */
export type TypeOverride = { readonly type: ColumnType; readonly format?: string | undefined; readonly decimal?: '.' | ',' | undefined }

/** A type by its name; `datetime:` with a strptime format or `epoch`, `epoch-ms`, `excel`; `decimal:` with the decimal mark. */
export const typeOverrideSchema = z.union([
  columnTypeSchema,
  z
    .string()
    .regex(
      /^datetime:(?:.*%.*|epoch|epoch-ms|excel)$|^(?:decimal|integer):[.,]$/,
      `a type is one of ${columnTypeSchema.options.join(', ')}; or datetime:FORMAT, e.g. datetime:%d/%m/%Y or datetime:epoch; or decimal:, for a decimal comma`,
    ),
])

/** The user's types by column; a name that is not in the file is an error with a suggestion. */
export function readOverrides(types: Readonly<Record<string, string>>, names: readonly string[], file: string): ReadonlyMap<string, TypeOverride> {
  return new Map(
    Object.entries(types).map(([name, text]) => {
      requireName(name, names, file, 'type')
      if (text.startsWith('datetime:')) return [name, { type: 'datetime', format: text.slice('datetime:'.length) }]
      const mark = /^(decimal|integer):([.,])$/.exec(text)
      if (mark !== null) return [name, { type: columnTypeSchema.parse(mark[1]), decimal: mark[2] === ',' ? ',' : '.' }]
      return [name, { type: columnTypeSchema.parse(text) }]
    }),
  )
}

/** The user's roles by column, for columns that `names` has; any other is an error with a suggestion. */
export function checkRoles(roles: Readonly<Record<string, ColumnRole>>, names: readonly string[], file: string): void {
  for (const name of Object.keys(roles)) requireName(name, names, file, 'role')
}

/** The column in the role that the user set, if one was set. */
export function withRole(schema: ColumnSchema, roles: Readonly<Record<string, ColumnRole>>): ColumnSchema {
  const role = Object.hasOwn(roles, schema.name) ? roles[schema.name] : undefined
  return role === undefined || role === schema.role ? schema : { ...schema, role, reason: `${schema.reason.replace(/;.*$/, '')}; role set by the user` }
}

function requireName(name: string, names: readonly string[], file: string, what: 'type' | 'role'): void {
  if (names.includes(name)) return
  throw new MillraceError({
    code: 'invalid-parameter',
    headline: `There is no column "${name}"`,
    message: `A ${what} is set for the column "${name}", which ${file} does not have. ${suggestColumn(name, names)}`,
    nextStep: `Correct the name: under ${what}s in a pipeline, after --${what} of import.`,
    details: { file, column: name },
  })
}
