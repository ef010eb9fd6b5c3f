import { Textarea } from '@mantine/core'
import { useState, type ReactElement } from 'react'
import type { FieldProps } from './field-context.ts'
import { useFieldFrame } from './field-frame.ts'

/** A value of any shape, typed as JSON; what is no JSON yet stays in the field and is not taken. */
export function AnythingField(props: FieldProps): ReactElement {
  const { value, onChange } = props
  const frame = useFieldFrame(props)
  const [draft, setDraft] = useState<string>()
  const text = draft ?? (value === undefined || value === null ? '' : JSON.stringify(value, undefined, 2))
  return (
    <Textarea
      {...frame}
      autosize
      minRows={1}
      maxRows={12}
      value={text}
      spellCheck={false}
      {...(draft === undefined ? {} : { error: 'This is not whole JSON yet, for example { "depth": 6 } or "text".' })}
      onChange={({ currentTarget }) => {
        const typed = currentTarget.value
        const parsed = parse(typed)
        setDraft(parsed === undefined ? typed : undefined)
        if (parsed !== undefined) onChange(parsed.value)
      }}
    />
  )
}

function parse(text: string): { readonly value: unknown } | undefined {
  if (text.trim() === '') return { value: undefined }
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return undefined
  }
}
