import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { FolderOpen, Plus } from 'lucide-react'
import { useState, type ReactElement } from 'react'
import type { ErrorData } from '#shared/errors.ts'
import { useProjectStore } from '../../app/project.ts'
import { useCommands } from '../../app/commands.ts'
import { useMethod } from '../../client/use-method.ts'
import { ErrorNote } from '../../components/error-note.tsx'
import { plural } from '../../components/format.ts'
import { Page } from '../../components/page.tsx'
import { FilePicker } from '../../components/file-picker/file-picker.tsx'
import { DevicesPanel } from './devices-panel.tsx'
import { DiskPanel } from './disk-panel.tsx'
import { NewProjectDialog } from './new-project-dialog.tsx'
import { RecentProjects } from './recent-projects.tsx'
import { RecentWork } from './recent-work.tsx'
import { StartSomething } from './start-something.tsx'
import { useOpenProject } from './use-open-project.ts'
import styles from './home.module.css'

/** Why a folder could not be opened; one that is no project may become one. */
function OpenError({ error, onMake }: { readonly error: ErrorData; readonly onMake: (path: string) => void }): ReactElement {
  const { file } = error.details
  // A database of another program is left alone.
  if (error.code !== 'invalid-project' || file === undefined || file.endsWith('.db')) return <ErrorNote error={error} />
  return <ErrorNote error={{ ...error, nextStep: 'Make it one: the files in it stay as they are. Or open another folder.' }} actions={<Button variant="default" onClick={() => onMake(file)}>Make it a project</Button>} />
}

/** The first screen: the projects of this machine, what to start from, and what happened of late. */
export function HomeScreen(): ReactElement {
  const navigate = useNavigate()
  const current = useProjectStore(({ path }) => path)
  const recent = useMethod('projects.recent', {})
  const { open, error } = useOpenProject()
  const [dialog, setDialog] = useState<'new' | 'folder'>()
  const [template, setTemplate] = useState<string>()
  const start = (id?: string): void => {
    setTemplate(id)
    setDialog('new')
  }
  useCommands([
    { id: 'home.new', title: 'New project', run: () => start() },
    { id: 'home.open', title: 'Open the folder of a project', run: () => setDialog('folder') },
    { id: 'home.data', title: 'Train a model from my data', run: () => navigate({ to: '/new', search: {} }) },
  ])
  const count = recent.data?.projects.length ?? 0
  return (
    <Page
      title="Home"
      sub={recent.data === undefined ? '' : `${plural(count, 'project')} on this machine`}
      actions={
        <>
          <Button variant="default" leftSection={<FolderOpen size={15} />} onClick={() => setDialog('folder')}>
            Open folder
          </Button>
          <Button leftSection={<Plus size={15} />} onClick={() => start()}>
            New project
          </Button>
        </>
      }
      side={
        <>
          <RecentWork />
          {current === null ? undefined : <DiskPanel project={current} />}
          <DevicesPanel />
        </>
      }
      sideLabel="Recent work, disk and devices"
    >
      <div className={styles['body']}>
        {error === undefined ? undefined : <div className={styles['note']}><OpenError error={error} onMake={(path) => void open(path, true)} /></div>}
        {recent.error === null ? undefined : <div className={styles['note']}><ErrorNote error={recent.error} retry={() => recent.refetch()} /></div>}
        <RecentProjects projects={recent.data?.projects} current={current} onOpen={(path) => void open(path)} />
        <StartSomething onTemplate={start} onData={(path) => void navigate({ to: '/new', search: path === undefined ? {} : { path } })} />
      </div>
      <NewProjectDialog opened={dialog === 'new'} template={template} onClose={() => setDialog(undefined)} />
      <FilePicker
        opened={dialog === 'folder'}
        title="Open the folder of a project"
        show="folder"
        onClose={() => setDialog(undefined)}
        onChoose={([path]) => {
          setDialog(undefined)
          if (path !== undefined) void open(path)
        }}
      />
    </Page>
  )
}
