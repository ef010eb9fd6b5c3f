import { Menu } from '@mantine/core'
import { Copy, Filter, FilterX } from 'lucide-react'
import type { ReactElement } from 'react'
import type { Condition } from '#shared/domain/row-order.ts'
import { cellText } from '../../../components/cell-text.ts'
import { cellWords, isMissing } from './cell-words.ts'
import type { PointedCell } from './data-grid.tsx'
import styles from './rows.module.css'

/** Characters of a cell in the menu. */
const LONGEST = 30
/** Longest text that a condition takes. */
const LONGEST_CONDITION = 300

type CellMenuProps = { readonly cell: PointedCell | undefined; onClose(): void; onCopy(cell: { readonly row: number; readonly column: string }): void; onCondition(condition: Condition): void }

/** What can be done with a cell, where the user points. */
export function CellMenu({ cell, onClose, onCopy, onCondition }: CellMenuProps): ReactElement {
  return (
    <Menu opened={cell !== undefined} onClose={onClose} position="bottom-start" withinPortal offset={0}>
      <Menu.Target>
        <span className={styles['pointer']} style={cell === undefined ? {} : { left: cell.x, top: cell.y }} aria-hidden="true" />
      </Menu.Target>
      <Menu.Dropdown>{cell === undefined ? undefined : <CellItems cell={cell} onCopy={onCopy} onCondition={onCondition} />}</Menu.Dropdown>
    </Menu>
  )
}

function CellItems({ cell, onCopy, onCondition }: { readonly cell: PointedCell } & Pick<CellMenuProps, 'onCopy' | 'onCondition'>): ReactElement {
  const { row, column, value = null } = cell
  const { name } = column
  const missing = isMissing(value, column)
  const text = value === null ? '' : String(value)
  const words = missing ? 'blank' : cellText(cellWords(value, column), LONGEST)
  const isLong = text.length > LONGEST_CONDITION
  return (
    <>
      <Menu.Item leftSection={<Copy size={14} />} disabled={value === null} onClick={() => onCopy({ row, column: name })}>Copy the cell</Menu.Item>
      <Menu.Divider />
      <Menu.Item leftSection={<Filter size={14} />} disabled={isLong} onClick={() => onCondition(missing ? { column: name, operator: 'is missing', value: '' } : { column: name, operator: '=', value: text })}>{`Only rows with ${words}`}</Menu.Item>
      <Menu.Item leftSection={<FilterX size={14} />} disabled={isLong} onClick={() => onCondition(missing ? { column: name, operator: 'is not missing', value: '' } : { column: name, operator: '!=', value: text })}>{`Without rows with ${words}`}</Menu.Item>
    </>
  )
}
