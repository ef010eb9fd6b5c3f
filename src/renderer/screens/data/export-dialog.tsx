import { Button, Modal, Radio, SegmentedControl, TextInput } from '@mantine/core'
import { FolderOpen } from 'lucide-react'
import { useState, type ReactElement } from 'react'
import type { RowOrder } from '#shared/domain/row-order.ts'
import { useClient } from '../../client/client-context.tsx'
import { useStartJob } from '../../client/use-job.ts'
import { useMethod } from '../../client/use-method.ts'
import { ErrorNote } from '../../components/error-note.tsx'
import { FilePicker } from '../../components/file-picker/file-picker.tsx'
import { plural } from '../../components/format.ts'
import { toast } from '../../components/toast.tsx'
import type { DatasetPlace } from './column-summaries.ts'
import { JobLine, isActive } from './job-line.tsx'
import styles from './export-dialog.module.css'

type ExportDialogProps = {
  readonly place: DatasetPlace
  readonly order: RowOrder
  /** Names of the columns to write; undefined: all. */
  readonly columns: readonly string[] | undefined
  readonly rows: number
  /** Rows that the filter leaves; null while they are counted. */
  readonly left: number | null
  onClose(): void
}

/** Writes the rows that the grid shows to a CSV or Parquet file on this machine. */
export function ExportDialog({ place, order, columns, rows, left, onClose }: ExportDialogProps): ReactElement {
  const client = useClient()
  const info = useMethod('app.info', {})
  const [format, setFormat] = useState<'csv' | 'parquet'>('csv')
  const [formulas, setFormulas] = useState<'guard' | 'keep'>('guard')
  const [folder, setFolder] = useState(place.project)
  const [name, setName] = useState(`${place.dataset.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')}-v${String(place.version)}`)
  const [picking, setPicking] = useState(false)
  const [asked, setAsked] = useState<{ readonly job: string; readonly output: string }>()
  const { start, job, error, starting } = useStartJob('datasets.export')
  const separator = folder.includes('\\') ? '\\' : '/'
  const file = `${name}.${format}`
  const output = `${folder.replace(/[\\/]$/, '')}${separator}${file}`
  const problem = name.trim() === '' ? 'Give the file a name' : /[\\/]/.test(name) ? 'A name holds no slashes' : undefined
  const write = async (): Promise<void> => {
    try {
      setAsked({ job: await start({ ...place, order, output, format, formulas, ...(columns === undefined ? {} : { columns: [...columns] }) }), output })
    } catch {} // `error` says it
  }
  const chooseOwn = async (): Promise<void> => {
    try {
      const { paths } = await client.call('files.choose', { title: 'Export rows', kind: 'save-file', proposal: output })
      const [chosen] = paths ?? []
      const match = chosen === undefined ? null : /^(.*[\\/])([^\\/]+?)(?:\.(?:csv|parquet))?$/i.exec(chosen)
      if (match === null) return
      setFolder(match[1] ?? folder)
      setName(match[2] ?? name)
    } catch (failure) {
      toast.failure(failure)
    }
  }
  return (
    <>
      <Modal opened={!picking} onClose={onClose} title="Export rows" size={520} classNames={{ body: styles['body'] ?? '' }}>
        <p className={styles['about']}>{`${left === null ? 'The rows of the filter' : plural(left, 'row')}${left !== null && left < rows ? ` of ${plural(rows, 'row')}` : ''}${columns === undefined ? '' : `, ${plural(columns.length, 'column')}`}${order.sort.length > 0 ? ', as they are sorted' : ''}.`}</p>
        <SegmentedControl value={format} onChange={(value) => setFormat(value === 'parquet' ? 'parquet' : 'csv')} data={[{ value: 'csv', label: 'CSV' }, { value: 'parquet', label: 'Parquet' }]} aria-label="Format" />
        {format === 'csv' ? (
          <Radio.Group label="Text that a spreadsheet would run as a formula" value={formulas} onChange={(value) => setFormulas(value === 'keep' ? 'keep' : 'guard')}>
            <div className={styles['choices']}>
              <Radio value="guard" label="gets an apostrophe before it" />
              <Radio value="keep" label="stays as it is, for other programs" />
            </div>
          </Radio.Group>
        ) : undefined}
        <div className={styles['place']}>
          <TextInput label="Folder" value={folder} onChange={(event) => setFolder(event.currentTarget.value)} spellCheck={false} />
          <Button variant="default" aria-label="Choose the folder" leftSection={<FolderOpen size={14} />} onClick={() => (info.data?.dialogs === true ? void chooseOwn() : setPicking(true))}>Choose</Button>
        </div>
        <TextInput label="Name" value={name} onChange={(event) => setName(event.currentTarget.value)} error={problem} rightSection={<span className={styles['ending']}>{`.${format}`}</span>} rightSectionWidth={64} spellCheck={false} />
        {job !== undefined && isActive(job) ? <JobLine job={job} onCancel={() => void client.call('activity.cancel', { job: job.id }).catch(toast.failure)} /> : undefined}
        {error === undefined || error.code === 'cancelled' ? undefined : <ErrorNote error={error} />}
        {job?.state === 'succeeded' && job.id === asked?.job ? <p className={styles['done']} role="status">{`Written: ${asked.output}`}</p> : undefined}
        <div className={styles['actions']}>
          <Button variant="default" onClick={onClose}>{job?.state === 'succeeded' ? 'Close' : 'Cancel'}</Button>
          <Button loading={starting} disabled={problem !== undefined || isActive(job)} onClick={() => void write()}>{`Write ${file}`}</Button>
        </div>
      </Modal>
      <FilePicker
        opened={picking}
        title="Folder to export to"
        show="folder"
        onClose={() => setPicking(false)}
        onChoose={([chosen]) => {
          setPicking(false)
          if (chosen !== undefined) setFolder(chosen)
        }}
      />
    </>
  )
}
