import { Autocomplete, Button, Popover, Select } from '@mantine/core'
import { useState, type FormEvent, type ReactElement, type ReactNode } from 'react'
import { operatorSchema, type Condition } from '#shared/domain/row-order.ts'
import type { ColumnProfile } from '#shared/domain/profile.ts'
import type { ColumnSchema } from '#shared/domain/schema.ts'
import { useColumnSummary, type DatasetPlace } from '../column-summaries.ts'
import { isBare, operatorWords } from './grid-view.ts'
import styles from './filters.module.css'

type FormProps = { readonly place: DatasetPlace; readonly columns: readonly ColumnSchema[]; readonly start: Condition | { readonly column: string }; onDone(condition: Condition): void }

const MOMENT = /^\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?Z?$/

const isNumber = (column: ColumnSchema | undefined): boolean => column?.type === 'integer' || column?.type === 'decimal'

/** What is wrong with a value for a column, in words; undefined where nothing is. */
function problemOf(column: ColumnSchema | undefined, operator: Condition['operator'], value: string): string | undefined {
  if (column === undefined || isBare(operator)) return undefined
  if (operator === 'contains' || operator === 'starts with') return value === '' ? 'Write what to look for' : undefined
  if (isNumber(column)) return value.trim() !== '' && Number.isFinite(Number(value)) ? undefined : `${column.name} holds numbers: write one, e.g. 12.5`
  if (column.type === 'datetime') return MOMENT.test(value.trim()) ? undefined : `${column.name} holds dates: write 2026-01-31 or 2026-01-31 12:00`
  return value === '' ? 'Write a value, or choose "is blank"' : undefined
}

/** Longest value that is proposed. */
const LONGEST_PROPOSAL = 80

/** The most frequent values, where one of them may be meant. */
function suggestions(profile: ColumnProfile | undefined, operator: Condition['operator']): string[] {
  if (profile === undefined || (operator !== '=' && operator !== '!=')) return []
  return [...new Set(profile.top.map(({ value }) => value))].filter((value) => value.trim() !== '' && value.length <= LONGEST_PROPOSAL)
}

/** A condition on one column, checked while it is written. */
export function FilterForm({ place, columns, start, onDone }: FormProps): ReactElement {
  const [name, setName] = useState(start.column)
  const column = columns.find((candidate) => candidate.name === name)
  const [chosen, setChosen] = useState<Condition['operator'] | undefined>('operator' in start ? start.operator : undefined)
  const operator = chosen ?? (isNumber(column) ? '>=' : '=')
  const [value, setValue] = useState('value' in start ? start.value : '')
  const [tried, setTried] = useState(false)
  const summary = useColumnSummary(place, name)
  const problem = problemOf(column, operator, value)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (problem === undefined && column !== undefined) onDone({ column: name, operator, value: isBare(operator) ? '' : isNumber(column) || column.type === 'datetime' ? value.trim() : value })
  }
  return (
    <form className={styles['form']} onSubmit={submit}>
      <Select label="Column" searchable data={columns.map((candidate) => candidate.name)} value={name} onChange={(next) => setName(next ?? name)} allowDeselect={false} comboboxProps={{ withinPortal: false }} limit={100} />
      <Select label="Compared by" data={operatorSchema.options.map((option) => ({ value: option, label: operatorWords(option) }))} value={operator} onChange={(next) => setChosen(next ?? operator)} allowDeselect={false} comboboxProps={{ withinPortal: false }} />
      {isBare(operator) ? undefined : <Autocomplete label="Value" data-autofocus data={suggestions(summary.data, operator)} limit={20} value={value} onChange={setValue} error={tried ? problem : undefined} spellCheck={false} comboboxProps={{ withinPortal: false }} />}
      <Button type="submit" variant="default">Show these rows</Button>
    </form>
  )
}

/** The form of a condition beside what opens it. */
export function FilterPopover({ place, columns, start, opened, onClose, onDone, children }: FormProps & { readonly opened: boolean; onClose(): void; readonly children: ReactNode }): ReactElement {
  return (
    <Popover opened={opened} onChange={(open) => (open ? undefined : onClose())} position="bottom-start" trapFocus returnFocus width={240}>
      <Popover.Target>{children}</Popover.Target>
      <Popover.Dropdown>
        <FilterForm key={JSON.stringify(start)} place={place} columns={columns} start={start} onDone={onDone} />
      </Popover.Dropdown>
    </Popover>
  )
}
