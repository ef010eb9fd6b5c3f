import { ActionIcon, Menu, Modal } from '@mantine/core'
import { Ellipsis, FileSpreadsheet, Image, ImageDown, TableProperties } from 'lucide-react'
import { useState, type ReactElement } from 'react'
import { toCsv, type CsvColumn } from '../csv.ts'
import { fileName, saveFile } from '../save-file.ts'
import { toast } from '../toast.tsx'
import { NumbersTable } from './numbers-table.tsx'
import styles from './plot.module.css'

/** What can be had of a plot: files, and the table of its numbers. */
export function PlotMenu({ name, csv, toImage }: { readonly name: string; readonly csv: readonly CsvColumn[]; toImage(format: 'png' | 'svg'): Promise<string> }): ReactElement {
  const [table, setTable] = useState(false)
  const save = async (format: 'png' | 'svg'): Promise<void> => {
    try {
      saveFile(`${fileName(name)}.${format}`, blobOf(await toImage(format)))
    } catch (error) {
      toast.failure(error)
    }
  }
  return (
    <>
      <Menu position="bottom-end" width={200}>
        <Menu.Target>
          <ActionIcon className={styles['menu'] ?? ''} size={22} aria-label={`Save or list: ${name}`}>
            <Ellipsis size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown aria-label={`Save or list: ${name}`}>
          <Menu.Item leftSection={<TableProperties size={14} />} onClick={() => setTable(true)}>
            Show the numbers
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item leftSection={<Image size={14} />} onClick={() => void save('png')}>
            Save as PNG
          </Menu.Item>
          <Menu.Item leftSection={<ImageDown size={14} />} onClick={() => void save('svg')}>
            Save as SVG
          </Menu.Item>
          <Menu.Item leftSection={<FileSpreadsheet size={14} />} onClick={() => saveFile(`${fileName(name)}.csv`, toCsv(csv))}>
            Save as CSV
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal opened={table} onClose={() => setTable(false)} title={name} size={640} closeButtonProps={{ 'aria-label': 'Close' }}>
        <NumbersTable name={name} columns={csv} />
      </Modal>
    </>
  )
}

/** The picture from its data address; the page's policy keeps `fetch` from reading one. */
function blobOf(address: string): Blob {
  const comma = address.indexOf(',')
  const head = address.slice('data:'.length, comma)
  const body = address.slice(comma + 1)
  const type = head.split(';')[0] ?? ''
  if (!head.endsWith(';base64')) return new Blob([decodeURIComponent(body)], { type })
  return new Blob([Uint8Array.from(atob(body), (character) => character.codePointAt(0) ?? 0)], { type })
}
