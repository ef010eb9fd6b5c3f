import { useMemo, type ReactElement } from 'react'
import { Field } from './field.tsx'
import { SchemaFormContext, type Choice } from './field-context.ts'
import { Fields } from './group-field.tsx'
import { jsonSchemaSchema } from './json-schema.ts'
import styles from './schema-form.module.css'

export type { Choice } from './field-context.ts'

/** A form for the parameters that a JSON Schema describes. */
export type SchemaFormProps = {
  /** JSON Schema (2020-12) of an object: its descriptions are the hints, its defaults stand in empty fields. */
  readonly schema: Readonly<Record<string, unknown>>
  /** Only what is set. */
  readonly value: Readonly<Record<string, unknown>>
  onChange(value: Readonly<Record<string, unknown>>): void
  /** Sentences by path, e.g. `{ 'rules.numbers': 'Choose …' }`; each stands in place of the hint. */
  readonly errors?: Readonly<Record<string, string>>
  /** Proposals by path, e.g. columns for `group`; `*` stands for any part, `columns.?` proposes names of a mapping. */
  readonly choices?: Readonly<Record<string, readonly Choice[]>>
  readonly disabled?: boolean
}

const NOTHING = {} as const

/** A form from a JSON Schema, the same that checks the values. */
export function SchemaForm({ schema, value, onChange, errors = NOTHING, choices = NOTHING, disabled = false }: SchemaFormProps): ReactElement {
  const read = useMemo(() => jsonSchemaSchema.parse(schema), [schema])
  const context = useMemo(() => ({ errors, choices, disabled, Field }), [errors, choices, disabled])
  return (
    <SchemaFormContext value={context}>
      <div className={styles['form']}>
        <Fields path="" name="" schema={read} value={value} onChange={(changed) => onChange((changed ?? NOTHING) as Readonly<Record<string, unknown>>)} />
      </div>
    </SchemaFormContext>
  )
}
