import type { ReactElement } from 'react'
import { AnythingField } from './anything-field.tsx'
import { EitherField } from './either-field.tsx'
import type { FieldProps } from './field-context.ts'
import { GroupField } from './group-field.tsx'
import { fieldKind, type FieldKind } from './json-schema.ts'
import { ListField } from './list-field.tsx'
import { MapField } from './map-field.tsx'
import { BooleanField, ChoiceField, NumberField, TextField } from './scalar-fields.tsx'
import { TextsField } from './texts-field.tsx'

const FIELDS: Readonly<Record<FieldKind, (props: FieldProps) => ReactElement>> = {
  choice: ChoiceField,
  boolean: BooleanField,
  number: NumberField,
  text: TextField,
  scalar: TextField,
  texts: TextsField,
  list: ListField,
  group: GroupField,
  map: MapField,
  either: EitherField,
  anything: AnythingField,
}

/** The control that a schema asks for. */
export function Field(props: FieldProps): ReactElement {
  const Control = FIELDS[fieldKind(props.schema)]
  return <Control {...props} />
}
