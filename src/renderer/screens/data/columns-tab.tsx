import { useMemo, type ReactElement } from 'react'
import type { DatasetDescription } from '#shared/contract/datasets.ts'
import type { ColumnRole, ColumnSchema } from '#shared/domain/schema.ts'
import { cellText } from '../../components/cell-text.ts'
import { formatCount, formatShare } from '../../components/format.ts'
import { DataTable, type TableColumn } from '../../components/table/data-table.tsx'
import type { DatasetPlace } from './column-summaries.ts'
import { roleChoices, typeChoices, type Retyping } from './retyping.ts'
import { fixedTypes } from './side/column-pane.tsx'
import styles from './columns-tab.module.css'

type ColumnsTabProps = { readonly description: DatasetDescription; readonly place: DatasetPlace; readonly retyping: Retyping; onSelect(column: string): void }

/** Every column with its type and role, which can be set here, its counts and why it is read so. */
export function ColumnsTab({ description, retyping, onSelect }: ColumnsTabProps): ReactElement {
  const { columns, rows } = description
  const fixed = fixedTypes(description)
  const table = useMemo(() => tableColumns(retyping, rows, fixed !== undefined), [retyping, rows, fixed])
  return <DataTable name="Columns" rows={columns} columns={table} rowId={({ name }) => name} onRow={({ name }) => onSelect(name)} saveAs={`${description.dataset} columns`} />
}

function tableColumns(retyping: Retyping, rows: number, disabled: boolean): readonly TableColumn<ColumnSchema>[] {
  return [
    { id: 'name', title: 'Column', value: ({ name }) => name, width: 190, fixed: 'left' },
    { id: 'type', title: 'Type', value: (column) => retyping.types[column.name] ?? column.type, show: (column) => <TypeChoice column={column} retyping={retyping} disabled={disabled} />, width: 112 },
    { id: 'role', title: 'Role', value: (column) => retyping.roles[column.name] ?? column.role, show: (column) => <RoleChoice column={column} retyping={retyping} disabled={disabled} />, width: 112 },
    { id: 'missing', title: 'Missing', kind: 'number', value: ({ missing }) => missing, format: formatCount, width: 96 },
    { id: 'share', title: 'Missing', unit: '%', kind: 'number', value: ({ missing }) => (rows === 0 ? 0 : missing / rows), format: (share) => formatShare(share, 1).replace(' %', ''), width: 104, wide: true },
    { id: 'distinct', title: 'Distinct', kind: 'number', value: ({ distinct }) => distinct, format: formatCount, width: 96 },
    { id: 'reason', title: 'Why', value: ({ reason }) => reason, grow: 3 },
  ]
}

type ChoiceProps = { readonly column: ColumnSchema; readonly retyping: Retyping; readonly disabled: boolean }

function TypeChoice({ column, retyping, disabled }: ChoiceProps): ReactElement {
  const changed = retyping.types[column.name] !== undefined
  return (
    <select className={changed ? `${styles['choice'] ?? ''} ${styles['changed'] ?? ''}` : styles['choice']} aria-label={`Type of ${cellText(column.name)}`} value={retyping.types[column.name] ?? column.type} disabled={disabled} onChange={(event) => retyping.setType(column, event.currentTarget.value)}>
      {typeChoices.map(({ value, label }) => (
        <option key={value} value={value}>{label}</option>
      ))}
    </select>
  )
}

function RoleChoice({ column, retyping, disabled }: ChoiceProps): ReactElement {
  const role = retyping.roles[column.name] ?? column.role
  if (role === 'target') return <span>target</span>
  const changed = retyping.roles[column.name] !== undefined
  return (
    <select className={changed ? `${styles['choice'] ?? ''} ${styles['changed'] ?? ''}` : styles['choice']} aria-label={`Role of ${cellText(column.name)}`} value={role} disabled={disabled} onChange={(event) => retyping.setRole(column, event.currentTarget.value as Exclude<ColumnRole, 'target'>)}>
      {roleChoices.map((choice) => (
        <option key={choice} value={choice}>{choice}</option>
      ))}
    </select>
  )
}
