import { Select } from '@mantine/core'
import type { ReactElement } from 'react'
import type { ColumnRole, ColumnSchema } from '#shared/domain/schema.ts'
import { roleChoices, typeChoices, type Retyping } from '../retyping.ts'
import styles from './column-pane.module.css'

/** Type and role of a column, to be changed; `fixed` says why they cannot be. */
export function TypeFields({ column, retyping, fixed }: { readonly column: ColumnSchema; readonly retyping: Retyping; readonly fixed: string | undefined }): ReactElement {
  const role = retyping.roles[column.name] ?? column.role
  return (
    <div className={styles['fields']}>
      <Select
        label="Type"
        data={[...typeChoices]}
        value={retyping.types[column.name] ?? column.type}
        onChange={(type) => (type === null ? undefined : retyping.setType(column, type))}
        allowDeselect={false}
        disabled={fixed !== undefined}
      />
      <Select
        label="Role"
        data={[...roleChoices, ...(role === 'target' ? ['target'] : [])]}
        value={role}
        onChange={(next) => (next === null || next === 'target' ? undefined : retyping.setRole(column, next as Exclude<ColumnRole, 'target'>))}
        allowDeselect={false}
        disabled={fixed !== undefined || role === 'target'}
      />
      <p className={styles['why']}>{fixed ?? `${column.type}: ${column.reason}`}</p>
    </div>
  )
}
