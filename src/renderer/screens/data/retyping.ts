import { useState } from 'react'
import type { ColumnRole, ColumnSchema, ColumnType } from '#shared/domain/schema.ts'

/** Types and roles that the user set and that are not read yet. */
export type Retyping = {
  readonly types: Readonly<Record<string, string>>
  readonly roles: Readonly<Record<string, Exclude<ColumnRole, 'target'>>>
  /** Columns that are changed. */
  readonly changed: readonly string[]
  setType(column: ColumnSchema, type: string): void
  setRole(column: ColumnSchema, role: Exclude<ColumnRole, 'target'>): void
  clear(): void
}

/** Types to choose from; `auto` is the guess. */
export const typeChoices: readonly { readonly value: ColumnType | 'auto'; readonly label: string }[] = [
  { value: 'auto', label: 'as guessed' },
  { value: 'integer', label: 'integer' },
  { value: 'decimal', label: 'decimal' },
  { value: 'boolean', label: 'boolean' },
  { value: 'category', label: 'category' },
  { value: 'text', label: 'text' },
  { value: 'datetime', label: 'datetime' },
]

/** Roles to choose from; the target is named by the pipeline. */
export const roleChoices: readonly Exclude<ColumnRole, 'target'>[] = ['feature', 'identifier', 'ignore']

const NOTHING = { types: {}, roles: {} } as const

/** What is changed of a dataset version; another `key` begins with nothing. */
export function useRetyping(key: string): Retyping {
  const [state, setState] = useState<{ readonly key: string } & Pick<Retyping, 'types' | 'roles'>>({ key, ...NOTHING })
  if (state.key !== key) setState({ key, ...NOTHING })
  const { types, roles } = state.key === key ? state : NOTHING
  return {
    types,
    roles,
    changed: [...new Set([...Object.keys(types), ...Object.keys(roles)])],
    setType: ({ name, type }, next) => setState((before) => ({ ...before, types: next === type ? without(before.types, name) : { ...before.types, [name]: next } })),
    setRole: ({ name, role }, next) => setState((before) => ({ ...before, roles: next === role ? without(before.roles, name) : { ...before.roles, [name]: next } })),
    clear: () => setState({ key, ...NOTHING }),
  }
}

function without<T>(record: Readonly<Record<string, T>>, name: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => key !== name))
}
