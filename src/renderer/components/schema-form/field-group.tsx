import { useId, type ReactElement, type ReactNode } from 'react'
import { useFormContext, type FieldProps } from './field-context.ts'
import { labelOf } from './field-words.ts'
import styles from './schema-form.module.css'

/** Several controls under one label, with one hint or error. */
export function FieldGroup({ path, name, schema, ariaLabel, children }: Pick<FieldProps, 'path' | 'name' | 'schema' | 'ariaLabel'> & { readonly children: ReactNode }): ReactElement {
  const { errors } = useFormContext()
  const id = useId()
  const error = errors[path]
  const hint = name === '' ? undefined : schema.description
  return (
    <fieldset className={name === '' ? styles['bare'] : styles['group']} aria-label={name === '' ? ariaLabel : undefined} {...(hint === undefined && error === undefined ? {} : { 'aria-describedby': id })}>
      {name === '' ? undefined : <legend>{labelOf(name, schema)}</legend>}
      {error === undefined ? (
        hint === undefined ? undefined : (
          <p id={id} className={styles['hint']}>
            {hint}
          </p>
        )
      ) : (
        <p id={id} className={styles['error']} role="alert">
          {error}
        </p>
      )}
      {children}
    </fieldset>
  )
}
