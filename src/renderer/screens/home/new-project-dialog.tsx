import { Button, Modal, Select, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useQueryClient } from '@tanstack/react-query'
import { useState, type ReactElement, type SubmitEvent } from 'react'
import { toErrorData, type ErrorData } from '#shared/errors.ts'
import { openProject } from '../../app/project.ts'
import { useClient } from '../../client/client-context.tsx'
import { useMethod } from '../../client/use-method.ts'
import { ErrorNote } from '../../components/error-note.tsx'
import styles from './new-project-dialog.module.css'

/** Asks for a name and a place, makes the project, opens it, and runs a template's pipeline at once. */
export function NewProjectDialog({ opened, template, onClose }: { readonly opened: boolean; readonly template: string | undefined; readonly onClose: () => void }): ReactElement {
  return (
    <Modal opened={opened} onClose={onClose} title="New project" size={460}>
      {opened ? <NewProjectForm key={template ?? ''} template={template} onClose={onClose} /> : undefined}
    </Modal>
  )
}

function NewProjectForm({ template, onClose }: { readonly template: string | undefined; readonly onClose: () => void }): ReactElement {
  const client = useClient()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const info = useMethod('app.info', {})
  const templates = useMethod('projects.templates', {})
  const [name, setName] = useState(template ?? '')
  const [chosen, setChosen] = useState<string | null>(template ?? null)
  const [folder, setFolder] = useState<string>()
  const [error, setError] = useState<ErrorData>()
  const [busy, setBusy] = useState(false)
  const parent = info.data?.projectsFolder
  const slash = parent?.includes('\\') === true ? '\\' : '/'
  const path = folder ?? (parent === undefined ? '' : `${parent}${slash}${name.trim() === '' ? 'my-project' : name.trim()}`)

  const create = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    setError(undefined)
    try {
      const made = await client.call('projects.create', { path, ...(chosen === null ? {} : { template: chosen }) })
      openProject(made.path)
      await queries.invalidateQueries({ queryKey: ['projects.recent'] })
      onClose()
      const [file] = chosen === null ? [] : (await client.call('pipelines.list', { project: made.path })).pipelines
      if (file !== undefined) await client.call('pipelines.run', { project: made.path, file: file.file })
      await navigate({ to: file === undefined ? '/data' : '/pipeline', search: {} })
    } catch (thrown) {
      setError(toErrorData(thrown))
    } finally {
      setBusy(false)
    }
  }

  return (
    <form className={styles['form']} onSubmit={(event) => void create(event)}>
      <TextInput label="Name" placeholder="my-project" value={name} onChange={(event) => setName(event.currentTarget.value)} data-autofocus />
      <Select
        label="Begin with"
        data={[{ value: '', label: 'Nothing: I bring my data' }, ...(templates.data?.templates.map(({ id, title, rows }) => ({ value: id, label: `${title}: ${rows}, simulated` })) ?? [])]}
        value={chosen ?? ''}
        allowDeselect={false}
        onChange={(value) => setChosen(value === '' ? null : value)}
      />
      <TextInput label="Folder" description="Data, runs and models are kept there; nothing elsewhere" value={path} onChange={(event) => setFolder(event.currentTarget.value)} />
      {error === undefined ? undefined : <ErrorNote error={error} />}
      <div className={styles['actions']}>
        <Button variant="default" onClick={onClose}>Cancel</Button>
        <Button type="submit" loading={busy} disabled={path === ''}>{chosen === null ? 'Create project' : 'Create and run the sample'}</Button>
      </div>
    </form>
  )
}
