import { Autocomplete, NumberInput, Select, TextInput } from '@mantine/core'
import type { ReactElement } from 'react'
import type { PredictionField, RowCell } from '#shared/domain/prediction.ts'
import { cellText } from '../cell-text.ts'
import { formatNumber, formatShare } from '../format.ts'
import type { RowForm } from './use-prediction.ts'
import styles from './prediction.module.css'

function hint({ kind, low, high, missing }: PredictionField): string | undefined {
  const range = kind === 'number' && low !== null && high !== null ? `mostly ${formatNumber(low)} to ${formatNumber(high)}` : undefined
  const gone = missing >= 0.005 ? `blank in ${formatShare(missing)}` : undefined
  const words = [range, gone].filter((text) => text !== undefined)
  return words.length === 0 ? undefined : words.join(', ')
}

/** The text of a cell in a field; what is no value is an empty field. */
function textOf(cell: RowCell): string {
  return cell === null ? '' : String(cell)
}

function Field({ field, cell, error, onChange }: { readonly field: PredictionField; readonly cell: RowCell; readonly error: string | undefined; onChange(cell: RowCell): void }): ReactElement {
  const { name, kind, levels } = field
  const common = { label: cellText(name, 60), description: hint(field), error, inputWrapperOrder: ['label', 'input', 'description', 'error'] as ('label' | 'input' | 'description' | 'error')[] }
  if (kind === 'number') {
    return <NumberInput {...common} value={typeof cell === 'number' ? cell : textOf(cell)} allowDecimal={!field.whole} hideControls={!field.whole} thousandSeparator={false} onChange={(value) => onChange(value === '' ? null : value)} />
  }
  if (kind === 'choice') {
    const known = levels.map(({ value }) => ({ value, label: cellText(value, 80) }))
    const shares = new Map(levels.map(({ value, share }) => [value, share]))
    const own = textOf(cell)
    const data = own === '' || levels.some(({ value }) => value === own) ? known : [...known, { value: own, label: own }]
    return <Select {...common} data={data} value={own === '' ? null : own} placeholder="blank" clearable searchable={levels.length > 8} renderOption={({ option }) => <span className={styles['option']}><span>{option.label}</span><small>{shares.has(option.value) ? formatShare(shares.get(option.value)) : ''}</small></span>} onChange={onChange} />
  }
  if (levels.length > 0) return <Autocomplete {...common} data={levels.map(({ value }) => value)} limit={20} value={textOf(cell)} placeholder="blank" onChange={(value) => onChange(value === '' ? null : value)} />
  return <TextInput {...common} value={textOf(cell)} placeholder={kind === 'moment' ? '2026-03-31' : 'blank'} onChange={({ currentTarget }) => onChange(currentTarget.value === '' ? null : currentTarget.value)} />
}

/** A field for every column that the model reads; what cannot be taken says so below its field. */
export function PredictionFields({ fields, form, narrow = false }: { readonly fields: readonly PredictionField[]; readonly form: RowForm; readonly narrow?: boolean }): ReactElement {
  return (
    <div className={narrow ? `${styles['fields'] ?? ''} ${styles['narrow'] ?? ''}` : styles['fields']}>
      {fields.map((field) => (
        <Field key={field.name} field={field} cell={form.row[field.name] ?? null} error={form.errors[field.name]} onChange={(cell) => form.set(field.name, cell)} />
      ))}
    </div>
  )
}
