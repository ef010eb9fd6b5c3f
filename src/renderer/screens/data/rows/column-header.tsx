import { Menu } from '@mantine/core'
import type { IHeaderParams } from 'ag-grid-community'
import { ArrowDown, ArrowUp, EllipsisVertical, EyeOff, Filter, Pin, PinOff, TriangleAlert, X } from 'lucide-react'
import type { MouseEvent, ReactElement } from 'react'
import { cellText } from '../../../components/cell-text.ts'
import { useGrid } from './grid-context.ts'
import { MiniSummary } from './mini-summary.tsx'
import styles from './column-header.module.css'

/** Name, type and distribution of a column; pressing it sorts, with Shift as a further key. Its number of shows what was found about it. */
export function ColumnHeader({ column }: Pick<IHeaderParams, 'column'>): ReactElement | null {
  const { columns, sort, selected, marked, sortBy, select } = useGrid()
  const name = column.getColDef().headerName ?? ''
  const schema = columns.get(name)
  if (schema === undefined) return null
  const at = sort.findIndex((key) => key.column === name)
  const key = sort[at]
  const mark = marked.get(name)
  const press = (event: MouseEvent): void => {
    sortBy(name, event.shiftKey)
    select(name)
  }
  return (
    <div className={`${styles['header'] ?? ''} ${selected === name ? 'selected-column' : ''}`}>
      <button type="button" tabIndex={-1} className={styles['press']} onClick={press} title={`${cellText(name)}: sort; Shift for a further key`}>
        <span className={styles['name']}>
          <b>{cellText(name, 120)}</b>
          {schema.role === 'identifier' ? <span className={styles['role']}>id</span> : schema.role === 'feature' ? undefined : <span className={styles['role']}>{schema.role}</span>}
          {mark === undefined ? undefined : <TriangleAlert size={12} className={styles[mark] ?? ''} aria-label="something was found" />}
          {key === undefined ? undefined : (
            <span className={styles['sorted']}>
              {key.descending ? <ArrowDown size={12} aria-label="sorted descending" /> : <ArrowUp size={12} aria-label="sorted ascending" />}
              {sort.length > 1 ? at + 1 : undefined}
            </span>
          )}
        </span>
        <span className={styles['type']}>{schema.type}</span>
        <span className={styles['summary']}>
          <MiniSummary column={name} />
        </span>
      </button>
      <ColumnMenu name={name} />
    </div>
  )
}

function ColumnMenu({ name }: { readonly name: string }): ReactElement {
  const { pinned, setSort, filterBy, togglePinned, hide, sort } = useGrid()
  const isPinned = pinned.includes(name)
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <button type="button" tabIndex={-1} className={styles['menu']} aria-label={`Menu of ${cellText(name)}`}>
          <EllipsisVertical size={14} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<ArrowUp size={14} />} onClick={() => setSort([{ column: name, descending: false }])}>Sort ascending</Menu.Item>
        <Menu.Item leftSection={<ArrowDown size={14} />} onClick={() => setSort([{ column: name, descending: true }])}>Sort descending</Menu.Item>
        {sort.some((key) => key.column === name) ? <Menu.Item leftSection={<X size={14} />} onClick={() => setSort(sort.filter((key) => key.column !== name))}>Do not sort by it</Menu.Item> : undefined}
        <Menu.Item leftSection={<Filter size={14} />} onClick={() => filterBy(name)}>Filter by it</Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={isPinned ? <PinOff size={14} /> : <Pin size={14} />} onClick={() => togglePinned(name)}>{isPinned ? 'Let it scroll' : 'Keep it at the left'}</Menu.Item>
        <Menu.Item leftSection={<EyeOff size={14} />} onClick={() => hide(name)}>Hide it</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
