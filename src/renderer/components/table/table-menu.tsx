import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import { Download, FileBox, FileSpreadsheet } from 'lucide-react'
import type { ReactElement } from 'react'
import { toCsv, type CsvColumn } from '../csv.ts'
import { toParquet } from '../to-parquet.ts'
import { fileName, saveFile } from '../save-file.ts'
import { toast } from '../toast.tsx'
import type { DataTableProps } from './table-column.ts'

type TableMenuProps<R> = Pick<DataTableProps<R>, 'name' | 'rows' | 'columns'> & {
  /** Name of the saved file, without its ending. */
  readonly saveAs: string
}

/** Saves a table as a file: all its rows, whatever the filter shows. */
export function TableMenu<R>({ name, rows, columns, saveAs }: TableMenuProps<R>): ReactElement {
  const saveParquet = async (): Promise<void> => {
    try {
      saveFile(`${fileName(saveAs)}.parquet`, new Blob([await toParquet(cells())], { type: 'application/vnd.apache.parquet' }))
    } catch (error) {
      toast.failure(error)
    }
  }
  const cells = (): readonly CsvColumn[] => columns.filter(({ data }) => data !== false).map((column) => ({ name: column.title, values: rows.map((row) => column.value(row)) }))
  return (
    <Menu position="bottom-end" width={170}>
      <Menu.Target>
        <Tooltip label="Save the table">
          <ActionIcon aria-label={`Save ${name.toLowerCase()}`}>
            <Download size={15} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown aria-label={`Save ${name.toLowerCase()}`}>
        <Menu.Item leftSection={<FileSpreadsheet size={14} />} onClick={() => saveFile(`${fileName(saveAs)}.csv`, toCsv(cells()))}>
          Save as CSV
        </Menu.Item>
        <Menu.Item leftSection={<FileBox size={14} />} onClick={() => void saveParquet()}>
          Save as Parquet
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
