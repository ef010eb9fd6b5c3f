import type { ReactElement } from 'react'
import type { MethodOutput } from '#shared/contract/index.ts'
import { formatNumber } from '../../components/format.ts'
import { Tag } from '../../components/tag.tsx'
import styles from './preview-table.module.css'

type Preview = MethodOutput<'datasets.preview'>

const SHOWN_ROWS = 60
/** A page of a thousand columns draws slowly; the rest is counted. */
const SHOWN_COLUMNS = 60

/** The first rows as they read, with what each column was taken for. */
export function PreviewTable({ preview, target, drop, onTarget }: { readonly preview: Preview; readonly target: string | null; readonly drop: readonly string[]; readonly onTarget: (column: string) => void }): ReactElement {
  const columns = preview.columns.slice(0, SHOWN_COLUMNS)
  const rows = Math.min(SHOWN_ROWS, preview.shown)
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <div className={styles['scroll']} tabIndex={0} role="region" aria-label="First rows of the file">
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">#</th>
            {columns.map(({ name }) => {
              const schema = preview.schema.find((column) => column.name === name)
              return (
                <th key={name} scope="col" className={name === target ? styles['target'] : undefined}>
                  <button type="button" title={schema?.reason} aria-pressed={name === target} onClick={() => onTarget(name)}>{name}</button>
                  <span className={styles['type']}>
                    {schema?.type}
                    {name === target ? <Tag tone="accent">predict</Tag> : drop.includes(name) ? <Tag tone="warning">left out</Tag> : schema?.role === 'identifier' ? <Tag>key</Tag> : schema?.role === 'ignore' ? <Tag>ignored</Tag> : undefined}
                  </span>
                </th>
              )
            })}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: rows }, (_, row) => (
            <tr key={row}>
              <td className={styles['number']}>{row + 1}</td>
              {columns.map((column) => {
                const value = column.values[row]
                const blank = value === null || value === undefined || (typeof value === 'number' && Number.isNaN(value))
                return (
                  <td key={column.name} className={column.kind === 'number' ? styles['right'] : undefined}>
                    {blank ? <i>blank</i> : typeof value === 'number' ? formatNumber(value, 10) : value.slice(0, 80)}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {preview.columns.length > SHOWN_COLUMNS ? <p className={styles['more']}>and {preview.columns.length - SHOWN_COLUMNS} more columns</p> : undefined}
    </div>
  )
}
