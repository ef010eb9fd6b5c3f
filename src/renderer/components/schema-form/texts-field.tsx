import { TagsInput } from '@mantine/core'
import type { ReactElement } from 'react'
import { choicesAt, useFormContext, type FieldProps } from './field-context.ts'
import { useFieldFrame } from './field-frame.ts'
import { placeholderOf } from './field-words.ts'

/** Several texts as tags, e.g. names of columns; one alone is written as text where the schema takes both. */
export function TextsField(props: FieldProps): ReactElement {
  const { path, schema, value, onChange } = props
  const { choices } = useFormContext()
  const frame = useFieldFrame(props)
  const texts = Array.isArray(value) ? value.map(String) : typeof value === 'string' ? [value] : []
  const single = schema.anyOf !== undefined
  return (
    <TagsInput
      {...frame}
      data={choicesAt(path, choices).map((choice) => choice.value)}
      value={texts}
      placeholder={texts.length === 0 ? placeholderOf(schema) : ''}
      splitChars={[]}
      onChange={(next) => onChange(next.length === 0 ? undefined : single && next.length === 1 ? next[0] : next)}
    />
  )
}
