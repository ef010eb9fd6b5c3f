import { ActionIcon, Autocomplete, Button } from '@mantine/core'
import { Plus, X } from 'lucide-react'
import { useState, type ReactElement } from 'react'
import { choicesAt, useFormContext, type FieldProps } from './field-context.ts'
import { FieldGroup } from './field-group.tsx'
import { labelOf } from './field-words.ts'
import { emptyValue, fieldKind, valueSchema } from './json-schema.ts'
import styles from './schema-form.module.css'

type Entry = readonly [name: string, value: unknown]

/** Names with values, e.g. a type for each of some columns. */
export function MapField(props: FieldProps): ReactElement {
  const { path, name, schema, value, onChange } = props
  const { Field, choices, disabled } = useFormContext()
  // A row whose name is not typed yet has no place in the value.
  const [unnamed, setUnnamed] = useState<unknown>()
  const entries: readonly Entry[] = typeof value === 'object' && value !== null ? Object.entries(value) : []
  const item = valueSchema(schema)
  const label = labelOf(name, schema)
  const names = choicesAt(`${path}.?`, choices).map((choice) => choice.value)
  const put = (next: readonly Entry[]): void => onChange(next.length === 0 ? undefined : Object.fromEntries(next))
  const rows: readonly Entry[] = unnamed === undefined ? entries : [...entries, ['', unnamed]]
  const stacked = fieldKind(item) === 'group' || fieldKind(item) === 'list'
  const rename = (at: number, typed: string): void => {
    const row = rows[at]
    if (row === undefined || entries.some(([known], index) => known === typed && index !== at)) return
    if (at < entries.length) return put(entries.with(at, [typed, row[1]]))
    if (typed === '') return
    setUnnamed(undefined)
    put([...entries, [typed, row[1]]])
  }
  return (
    <FieldGroup {...props}>
      {rows.map(([key, one], at) => (
        // oxlint-disable-next-line react/no-array-index-key -- the name changes while it is typed, the place does not
        <div key={at} className={stacked ? styles['stacked'] : styles['pair']}>
          <Autocomplete aria-label={`${label}: name ${String(at + 1)}`} placeholder="name" data={names} value={key} disabled={disabled} onChange={(typed) => rename(at, typed)} />
          <Field
            path={`${path}.${key}`}
            name=""
            ariaLabel={`${label}: value of ${key}`}
            schema={item}
            value={one}
            onChange={(changed) => (at < entries.length ? put(entries.with(at, [key, changed])) : setUnnamed(changed))}
          />
          <ActionIcon disabled={disabled} aria-label={`Remove ${key === '' ? 'the row' : key}`} onClick={() => (at < entries.length ? put(entries.filter((_, index) => index !== at)) : setUnnamed(undefined))}>
            <X size={14} />
          </ActionIcon>
        </div>
      ))}
      <Button size="compact-xs" variant="subtle" disabled={disabled || unnamed !== undefined} leftSection={<Plus size={14} />} onClick={() => setUnnamed(emptyValue(item))}>
        Add
      </Button>
    </FieldGroup>
  )
}
