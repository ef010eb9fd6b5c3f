import type { ReactElement } from 'react'
import type { MethodOutput } from '#shared/contract/index.ts'
import { cellText } from '../../../components/cell-text.ts'
import { cellWords, isMissing } from '../rows/cell-words.ts'
import type { Cell } from '../rows/row-store.ts'
import { typeChoices } from '../retyping.ts'
import styles from './import-dialog.module.css'

/** Columns that are shown of a wide file. */
const MOST_COLUMNS = 60
/** Rows that are shown. */
const MOST_ROWS = 50

type PreviewRowsProps = { readonly preview: MethodOutput<'datasets.preview'>; readonly types: Readonly<Record<string, string>>; onType(column: string, type: string): void }

/** The first rows of a file as they would be read, with the type of each column, which can be set. */
export function PreviewRows({ preview, types, onType }: PreviewRowsProps): ReactElement {
  const { schema, columns, shown } = preview
  const parts = schema.slice(0, MOST_COLUMNS).map((column, index) => ({ column, values: columns[index]?.values ?? [] }))
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <div className={styles['rows']} tabIndex={0} role="region" aria-label="First rows">
      <table>
        <thead>
          <tr>
            {parts.map(({ column }) => (
              <th key={column.name} scope="col" title={cellText(`${column.type}, ${column.role}: ${column.reason}`)}>
                <span className={styles['column']}>{cellText(column.name, 40)}</span>
                <select aria-label={`Type of ${cellText(column.name)}`} value={types[column.name] ?? column.type} onChange={(event) => onType(column.name, event.currentTarget.value)}>
                  {typeChoices.map(({ value, label }) => (
                    <option key={value} value={value}>{label}</option>
                  ))}
                </select>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: Math.min(MOST_ROWS, shown) }, (_, row) => (
            <tr key={row}>
              {parts.map(({ column, values }) => {
                const cell: Cell = values[row] ?? null
                const isNumber = column.type === 'integer' || column.type === 'decimal'
                const classes = [isNumber ? (styles['numeric'] ?? '') : '', isMissing(cell, column) ? (styles['blank'] ?? '') : '']
                return <td key={column.name} className={classes.join(' ')}>{cellText(cellWords(cell, column), 80)}</td>
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
