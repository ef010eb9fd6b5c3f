import { Button, Modal, SegmentedControl, TextInput } from '@mantine/core'
import { useState, type ReactElement } from 'react'
import type { MethodOutput } from '#shared/contract/index.ts'
import type { ReadingOptions } from '#shared/domain/reading-options.ts'
import { toErrorData, type ErrorData } from '#shared/errors.ts'
import { useClient } from '../../../client/client-context.tsx'
import { useMethod } from '../../../client/use-method.ts'
import { ErrorNote } from '../../../components/error-note.tsx'
import { formatCount, plural } from '../../../components/format.ts'
import { ReadingForm } from '../../../components/reading-form/reading-form.tsx'
import { TableSkeleton } from '../../../components/skeletons.tsx'
import { PreviewRows } from './preview-rows.tsx'
import styles from './import-dialog.module.css'

type ImportDialogProps = { readonly project: string; readonly paths: readonly string[]; onClose(): void; onStarted(jobs: readonly string[]): void }

const fileOf = (path: string): string => path.split(/[\\/]/).at(-1) ?? path
const nameOf = (path: string): string => fileOf(path).replace(/\.[^.]+$/, '')

/** Looks at files before they are read: how, with which types, under which name. */
export function ImportDialog({ project, paths, onClose, onStarted }: ImportDialogProps): ReactElement {
  const client = useClient()
  const [first = ''] = paths
  const [apart, setApart] = useState(false)
  const [name, setName] = useState(nameOf(first))
  const [reading, setReading] = useState<ReadingOptions>({})
  const [types, setTypes] = useState<Readonly<Record<string, string>>>({})
  const [refusal, setRefusal] = useState<ErrorData>()
  const [starting, setStarting] = useState(false)
  // A file may have changed since it was looked at last: every dialog asks anew.
  const [grid] = useState(() => `import ${String(Date.now())}`)
  const preview = useMethod('datasets.preview', { paths: apart ? [first] : [...paths], reading, types: { ...types }, grid }, { keepPrevious: true })
  const existing = useMethod('datasets.list', { project })
  const isKnown = existing.data?.datasets.some(({ dataset }) => dataset === name.trim()) === true
  const setType = (column: string, type: string): void => setTypes((before) => ({ ...Object.fromEntries(Object.entries(before).filter(([key]) => key !== column)), ...(type === 'auto' ? {} : { [column]: type }) }))
  const read = async (): Promise<void> => {
    setStarting(true)
    setRefusal(undefined)
    try {
      const groups = apart ? paths.map((path) => [path]) : [[...paths]]
      const jobs: string[] = []
      for (const group of groups) {
        const { job } = await client.call('datasets.import', { project, paths: group, reading, types: { ...types }, ...(apart ? {} : { name: name.trim() }) })
        jobs.push(job)
      }
      onStarted(jobs)
    } catch (error) {
      setRefusal(toErrorData(error))
    } finally {
      setStarting(false)
    }
  }
  return (
    <Modal opened onClose={onClose} title={paths.length === 1 ? `Read ${fileOf(first)}` : `Read ${plural(paths.length, 'file')}`} size={1080} classNames={{ body: styles['body'] ?? '' }}>
      <div className={styles['top']}>
        {paths.length > 1 ? <SegmentedControl value={apart ? 'apart' : 'one'} onChange={(value) => setApart(value === 'apart')} data={[{ value: 'one', label: 'One table' }, { value: 'apart', label: 'A dataset each' }]} /> : undefined}
        {apart ? undefined : <TextInput label="Name of the dataset" data-autofocus value={name} onChange={(event) => setName(event.currentTarget.value)} error={name.trim() === '' ? 'Give it a name' : undefined} description={isKnown ? 'There is one of that name: this becomes its next version' : undefined} inputWrapperOrder={['label', 'input', 'description', 'error']} w={300} />}
        <p className={styles['about']}>{preview.data === undefined ? '' : aboutWords(preview.data)}</p>
      </div>
      <ReadingForm reading={reading} report={preview.data?.report} path={first} onChange={setReading} />
      {preview.error === null ? undefined : <ErrorNote error={preview.error} retry={() => preview.refetch()} />}
      {preview.data === undefined ? (preview.error === null ? <TableSkeleton rows={10} columns={6} /> : undefined) : <div className={preview.isPlaceholderData || preview.error !== null ? styles['old'] : undefined}><PreviewRows preview={preview.data} types={types} onType={setType} /></div>}
      {refusal === undefined ? undefined : <ErrorNote error={refusal} />}
      <div className={styles['actions']}>
        <Button variant="default" onClick={onClose}>Cancel</Button>
        <Button loading={starting} disabled={preview.error !== null || preview.data === undefined || (!apart && name.trim() === '')} onClick={() => void read()}>{apart ? `Read ${plural(paths.length, 'file')}` : 'Read the file'}</Button>
      </div>
    </Modal>
  )
}

function aboutWords({ rows, whole, schema, shown, report }: MethodOutput<'datasets.preview'>): string {
  const size = rows === null ? 'more rows than were looked at' : whole ? plural(rows, 'row') : `about ${formatCount(Number(rows.toPrecision(2)))} rows`
  const parts = [size, plural(schema.length, 'column'), ...(whole ? [] : [`types guessed from the beginning`]), ...(shown < (rows ?? Infinity) ? [`the first ${formatCount(Math.min(50, shown))} shown`] : []), ...(report.part === undefined ? [] : [report.part])]
  return parts.join(' · ')
}
