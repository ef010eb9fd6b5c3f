import { labelOf } from './field-words.ts'
import { useFormContext, type FieldProps } from './field-context.ts'

type Frame = {
  readonly label?: string
  readonly 'aria-label'?: string
  readonly description?: string
  readonly error?: string
  readonly required?: boolean
  readonly disabled?: boolean
}

/** Label, hint and error that every input is given: the error stands in place of the hint. */
export function useFieldFrame({ path, name, schema, required = false, ariaLabel }: FieldProps): Frame {
  const { errors, disabled } = useFormContext()
  const error = errors[path]
  const hint = schema.description
  const label = labelOf(name, schema)
  return {
    ...(name === '' ? { 'aria-label': ariaLabel ?? label } : { label: schema.unit === undefined ? label : `${label} (${schema.unit})` }),
    ...(error === undefined ? (hint === undefined || name === '' ? {} : { description: hint }) : { error }),
    ...(required && name !== '' ? { required } : {}),
    ...(disabled ? { disabled } : {}),
  }
}
