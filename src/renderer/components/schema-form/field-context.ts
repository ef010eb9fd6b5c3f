import { createContext, use, type ReactElement } from 'react'
import type { JsonSchema } from './json-schema.ts'

/** A value that a field proposes. */
export type Choice = { readonly value: string; readonly label?: string }

/** One field of a form. */
export type FieldProps = {
  /** Where the value stands, e.g. `rules.numbers`, `columns.age.0`. */
  readonly path: string
  /** Name of the parameter; empty within lists, whose rows have no labels. */
  readonly name: string
  readonly schema: JsonSchema
  /** Undefined: not set. */
  readonly value: unknown
  readonly required?: boolean
  /** Read aloud where no label is seen. */
  readonly ariaLabel?: string
  onChange(value: unknown): void
}

type FormContext = {
  /** Sentences by path. */
  readonly errors: Readonly<Record<string, string>>
  /** Proposals by path; `*` stands for any name or number in it. */
  readonly choices: Readonly<Record<string, readonly Choice[]>>
  readonly disabled: boolean
  /** Draws a field; handed down, since fields hold fields. */
  Field(props: FieldProps): ReactElement
}

/** What all fields of a form share. */
export const SchemaFormContext = createContext<FormContext | undefined>(undefined)

/** What all fields of this form share. */
export function useFormContext(): FormContext {
  const context = use(SchemaFormContext)
  if (context === undefined) throw new Error('A field stands outside a SchemaForm')
  return context
}

/** What is proposed at a path. */
export function choicesAt(path: string, choices: FormContext['choices']): readonly Choice[] {
  const exact = choices[path]
  if (exact !== undefined) return exact
  const parts = path.split('.')
  const pattern = Object.keys(choices).find((key) => {
    const wanted = key.split('.')
    return wanted.length === parts.length && wanted.every((part, at) => part === '*' || part === parts[at])
  })
  return pattern === undefined ? [] : (choices[pattern] ?? [])
}
