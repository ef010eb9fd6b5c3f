import { Button, Modal, TextInput } from '@mantine/core'
import { FolderSearch } from 'lucide-react'
import { useState, type ReactElement } from 'react'
import type { ModelExport } from '#shared/contract/models.ts'
import { useProject } from '../../app/project.ts'
import { useClient } from '../../client/client-context.tsx'
import { useStartJob } from '../../client/use-job.ts'
import { useMethod } from '../../client/use-method.ts'
import { ErrorNote } from '../../components/error-note.tsx'
import { Note } from '../../components/note.tsx'
import { PathField } from '../../components/path-field.tsx'
import { ProgressBar } from '../../components/progress-bar.tsx'
import { toast } from '../../components/toast.tsx'
import styles from './model.module.css'

/** What each kind of export is, and the ending of its name. */
export const EXPORTS: Readonly<Record<ModelExport, { readonly title: string; readonly help: string; readonly ending: string }>> = {
  report: { title: 'Evaluation as a page', help: 'One HTML file with all plots and tables; opens anywhere, without a connection.', ending: '-report.html' },
  card: { title: 'Model card as Markdown', help: 'Purpose, data, scores, limits and lineage, to be kept beside the model.', ending: '-card.md' },
  zip: { title: 'Model as an archive', help: 'One ZIP file with the model bundle and its card. Plain data: JSON and arrays.', ending: '.zip' },
  bundle: { title: 'Model as a folder', help: 'The model bundle and its card. Plain data: JSON and arrays.', ending: '' },
}

/** Where a model is exported to, and how far that is. */
export function ExportDialog({ format, model, run, onClose }: { readonly format: ModelExport | undefined; readonly model: string; readonly run: string | undefined; onClose(): void }): ReactElement {
  return (
    <Modal opened={format !== undefined} onClose={onClose} title={format === undefined ? '' : EXPORTS[format].title} size={520}>
      {format === undefined ? undefined : <ExportForm format={format} model={model} run={run} onClose={onClose} />}
    </Modal>
  )
}

function ExportForm({ format, model, run, onClose }: { readonly format: ModelExport; readonly model: string; readonly run: string | undefined; onClose(): void }): ReactElement {
  const project = useProject()
  const client = useClient()
  const info = useMethod('app.info', {})
  const [folder, setFolder] = useState(project)
  const [name, setName] = useState(`${model.replace('@', '-v')}${EXPORTS[format].ending}`)
  const { start, job, error, starting } = useStartJob('models.export')
  const separator = folder.includes('\\') ? '\\' : '/'
  const output = `${folder.replace(/[\\/]+$/, '')}${separator}${name}`
  const busy = starting || job?.state === 'queued' || job?.state === 'running'
  const reveal = async (): Promise<void> => {
    try {
      await client.call('files.reveal', { path: output })
    } catch (thrown) {
      toast.failure(thrown)
    }
  }
  const done = job?.state === 'succeeded' && !busy
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault()
        start({ project, model, format, output, ...(run === undefined ? {} : { run }) }).catch(() => undefined)
      }}
    >
      <p className={styles['quiet']}>{EXPORTS[format].help}</p>
      <PathField label="Folder" value={folder} onChange={setFolder} show="folder" pick="Choose a folder" />
      <TextInput label="Name" value={name} spellCheck={false} onChange={({ currentTarget }) => setName(currentTarget.value)} />
      {busy ? <ProgressBar value={job?.fraction ?? null} label="Export" /> : undefined}
      {error === undefined ? undefined : <ErrorNote error={error} />}
      {done ? <Note tone="success">Written to {output}</Note> : undefined}
      <div className={styles['buttons']}>
        {done && info.data?.host === 'electron' ? <Button variant="default" leftSection={<FolderSearch size={14} />} onClick={() => void reveal()}>Show in folder</Button> : undefined}
        <Button variant="default" onClick={onClose}>{done ? 'Close' : 'Cancel'}</Button>
        <Button type="submit" loading={busy} disabled={name.trim() === '' || folder.trim() === ''}>Export {model}</Button>
      </div>
    </form>
  )
}
