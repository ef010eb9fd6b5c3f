import { Table } from '@mantine/core'
import type { ReactElement } from 'react'
import { cellText } from '../cell-text.ts'
import type { CsvColumn } from '../csv.ts'
import { formatNumber, plural } from '../format.ts'
import styles from './plot.module.css'

const MOST = 500
const FIGURES = 6

/** The numbers of a plot as a table; of very many, the first. */
export function NumbersTable({ name, columns }: { readonly name: string; readonly columns: readonly CsvColumn[] }): ReactElement {
  const rows = Math.max(0, ...columns.map(({ values }) => values.length))
  return (
    <>
      <Table.ScrollContainer minWidth={0} maxHeight={420} scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'region', 'aria-label': name } }}>
        <Table stickyHeader aria-label={name}>
          <Table.Thead>
            <Table.Tr>
              {columns.map((column) => (
                <Table.Th key={column.name} className={isNumeric(column) ? styles['number'] ?? '' : ''}>
                  {column.name}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {Array.from({ length: Math.min(rows, MOST) }, (_, row) => (
              <Table.Tr key={row}>
                {columns.map((column) => (
                  <Table.Td key={column.name} className={isNumeric(column) ? styles['number'] ?? '' : ''}>
                    <Cell value={column.values[row]} />
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {rows > MOST ? <p className={styles['more']}>The first {plural(MOST, 'row')} of {plural(rows, 'row')}; the CSV file has all.</p> : undefined}
    </>
  )
}

function isNumeric({ values }: CsvColumn): boolean {
  return typeof values[0] === 'number'
}

function Cell({ value }: { readonly value: CsvColumn['values'][number] }): ReactElement {
  return <>{typeof value === 'number' ? formatNumber(value, FIGURES) : value === null || value === undefined ? '–' : cellText(String(value))}</>
}
