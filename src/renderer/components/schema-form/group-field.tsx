import type { ReactElement } from 'react'
import { useFormContext, type FieldProps } from './field-context.ts'
import { FieldGroup } from './field-group.tsx'

/** Named fields of one object; those left empty are not in it. */
export function GroupField(props: FieldProps): ReactElement {
  return (
    <FieldGroup {...props}>
      <Fields {...props} />
    </FieldGroup>
  )
}

/** The fields of an object, without a frame. */
export function Fields({ path, schema, value, onChange }: FieldProps): ReactElement {
  const { Field } = useFormContext()
  const current = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
  const required = new Set(schema.required)
  const put = (name: string, changed: unknown): void => {
    const next = Object.fromEntries(Object.entries({ ...current, [name]: changed }).filter(([, one]) => one !== undefined))
    onChange(Object.keys(next).length === 0 && path !== '' ? undefined : next)
  }
  return (
    <>
      {Object.entries(schema.properties ?? {}).map(([name, field]) => (
        <Field
          key={name}
          path={path === '' ? name : `${path}.${name}`}
          name={name}
          schema={field}
          value={current[name]}
          required={required.has(name)}
          onChange={(changed) => put(name, changed)}
        />
      ))}
    </>
  )
}
