import { Autocomplete, NumberInput, Select, Switch, TextInput } from '@mantine/core'
import type { ReactElement } from 'react'
import { choicesAt, useFormContext, type FieldProps } from './field-context.ts'
import { useFieldFrame } from './field-frame.ts'
import { parseScalar, placeholderOf, valueWords } from './field-words.ts'
import { namesOf } from './json-schema.ts'

/** One of several names; without a value the default stands in grey. */
export function ChoiceField(props: FieldProps): ReactElement {
  const { schema, value, onChange, required = false } = props
  const frame = useFieldFrame(props)
  return (
    <Select
      {...frame}
      data={(schema.enum ?? []).map((one) => ({ value: String(one), label: valueWords(one) }))}
      value={typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : null}
      placeholder={placeholderOf(schema)}
      clearable={!required && value !== undefined}
      clearButtonProps={{ 'aria-label': 'Back to the default' }}
      allowDeselect={!required}
      onChange={(chosen) => onChange(chosen === null ? undefined : schema.enum?.find((one) => String(one) === chosen))}
    />
  )
}

/** Yes or no; a switch where there is a default, else a choice that can stay open. */
export function BooleanField(props: FieldProps): ReactElement {
  const { schema, value, onChange } = props
  const frame = useFieldFrame(props)
  if (typeof schema.default === 'boolean') {
    const preset = schema.default
    return <Switch {...frame} checked={typeof value === 'boolean' ? value : preset} onChange={({ currentTarget: { checked } }) => onChange(checked === preset ? undefined : checked)} />
  }
  return (
    <Select
      {...frame}
      data={['yes', 'no']}
      value={typeof value === 'boolean' ? valueWords(value) : null}
      placeholder="not said"
      clearable={value !== undefined}
      clearButtonProps={{ 'aria-label': 'Leave it open' }}
      onChange={(chosen) => onChange(chosen === null ? undefined : chosen === 'yes')}
    />
  )
}

/** A number; what is out of its range is told by the form's errors, not changed under the user's hands. */
export function NumberField(props: FieldProps): ReactElement {
  const { schema, value, onChange } = props
  const frame = useFieldFrame(props)
  return (
    <NumberInput
      {...frame}
      value={typeof value === 'number' ? value : ''}
      placeholder={placeholderOf(schema)}
      allowDecimal={schema.type !== 'integer'}
      allowNegative={(schema.minimum ?? schema.exclusiveMinimum ?? -1) < 0}
      clampBehavior="none"
      step={stepOf(props)}
      onChange={(typed) => onChange(typeof typed === 'number' ? typed : typed.trim() === '' ? undefined : Number(typed))}
    />
  )
}

function stepOf({ schema }: FieldProps): number {
  const high = schema.maximum ?? schema.exclusiveMaximum ?? Number.POSITIVE_INFINITY
  return schema.type !== 'integer' && high <= 1 ? 0.05 : 1
}

/** Text, a number or a name in one field, with proposals where there are some. */
export function TextField(props: FieldProps): ReactElement {
  const { path, schema, value, onChange } = props
  const { choices } = useFormContext()
  const frame = useFieldFrame(props)
  const text = valueWords(value)
  const take = (typed: string): void => onChange(parseScalar(typed, schema))
  const names = namesOf(schema)
  const proposals = [...choicesAt(path, choices).map((choice) => choice.value), ...names].filter((one, at, all) => all.indexOf(one) === at)
  if (proposals.length === 0) return <TextInput {...frame} value={text} placeholder={placeholderOf(schema)} onChange={({ currentTarget }) => take(currentTarget.value)} />
  const labels = new Map(choicesAt(path, choices).map((choice) => [choice.value, choice.label ?? choice.value]))
  return (
    <Autocomplete
      {...frame}
      data={proposals}
      value={text}
      placeholder={placeholderOf(schema)}
      renderOption={({ option }) => labels.get(option.value) ?? option.value}
      // What stands in the field already is no search: all proposals are shown until something is typed.
      filter={({ options, search }) => (search === text && proposals.includes(text) ? options : options.filter((option) => 'value' in option && option.value.toLowerCase().includes(search.toLowerCase())))}
      onChange={take}
    />
  )
}
