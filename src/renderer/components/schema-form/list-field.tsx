import { ActionIcon, Button } from '@mantine/core'
import { Plus, X } from 'lucide-react'
import type { ReactElement } from 'react'
import { useFormContext, type FieldProps } from './field-context.ts'
import { FieldGroup } from './field-group.tsx'
import { labelOf } from './field-words.ts'
import { emptyValue, itemSchema } from './json-schema.ts'
import styles from './schema-form.module.css'

/** Items one below the other. */
export function ListField(props: FieldProps): ReactElement {
  const { path, name, schema, value, onChange } = props
  const { Field, disabled } = useFormContext()
  const items: readonly unknown[] = Array.isArray(value) ? value : []
  const item = itemSchema(schema)
  const label = labelOf(name, schema)
  const put = (next: readonly unknown[]): void => onChange(next.length === 0 ? undefined : next)
  return (
    <FieldGroup {...props}>
      {items.map((one, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- an item is its place in the list
        <div key={at} className={styles['row']}>
          <Field path={`${path}.${String(at)}`} name="" ariaLabel={`${label} ${String(at + 1)}`} schema={item} value={one} onChange={(changed) => put(items.with(at, changed))} />
          <ActionIcon disabled={disabled} aria-label={`Remove ${label} ${String(at + 1)}`} onClick={() => put(items.filter((_, index) => index !== at))}>
            <X size={14} />
          </ActionIcon>
        </div>
      ))}
      <Button size="compact-xs" variant="subtle" disabled={disabled} leftSection={<Plus size={14} />} onClick={() => put([...items, emptyValue(item)])}>
        Add
      </Button>
    </FieldGroup>
  )
}
