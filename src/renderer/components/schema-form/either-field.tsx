import { Select } from '@mantine/core'
import { useState, type ReactElement } from 'react'
import { useFormContext, type FieldProps } from './field-context.ts'
import { FieldGroup } from './field-group.tsx'
import { alternativeWords, labelOf, placeholderOf } from './field-words.ts'
import { emptyValue, isScalar, type JsonSchema } from './json-schema.ts'

type Alternative = { readonly id: string; readonly words: string; readonly schema: JsonSchema | undefined; readonly value: unknown }

/** One of several shapes, e.g. `auto`, `off` or a list of columns: first which, then its field. */
export function EitherField(props: FieldProps): ReactElement {
  const { path, name, schema, value, onChange, ariaLabel } = props
  const { Field, disabled } = useFormContext()
  const alternatives = (schema.anyOf ?? []).flatMap(alternativesOf)
  const [chosen, setChosen] = useState<string>()
  const current = alternatives.find((one) => (one.schema === undefined ? one.value === value : one.id === chosen || fits(value, one.schema)))
  const label = labelOf(name, schema)
  return (
    <FieldGroup {...props}>
      <Select
        aria-label={`${ariaLabel ?? label}: kind`}
        data={alternatives.map(({ id, words }) => ({ value: id, label: words }))}
        value={value === undefined ? null : (current?.id ?? null)}
        placeholder={placeholderOf(schema)}
        disabled={disabled}
        clearable={value !== undefined}
        clearButtonProps={{ 'aria-label': 'Back to the default' }}
        onChange={(id) => {
          const next = alternatives.find((one) => one.id === id)
          setChosen(next?.id)
          onChange(next === undefined ? undefined : next.value)
        }}
      />
      {value === undefined || current?.schema === undefined ? undefined : <Field path={path} name="" ariaLabel={ariaLabel ?? label} schema={current.schema} value={value} onChange={onChange} />}
    </FieldGroup>
  )
}

/** Each name of an enumeration is an alternative of its own. */
function alternativesOf(schema: JsonSchema, at: number): readonly Alternative[] {
  const names = schema.enum ?? (schema.const === undefined ? undefined : [schema.const])
  if (names !== undefined) return names.map((one) => ({ id: `=${String(one)}`, words: String(one), schema: undefined, value: one }))
  return [{ id: `#${String(at)}`, words: alternativeWords(schema), schema, value: emptyValue(schema) }]
}

function fits(value: unknown, schema: JsonSchema): boolean {
  if (Array.isArray(value)) return schema.type === 'array'
  if (typeof value === 'object' && value !== null) return schema.type === 'object'
  if (!isScalar(schema)) return false
  if (typeof value === 'number') return schema.type === 'number' || schema.type === 'integer'
  return typeof value === schema.type
}
