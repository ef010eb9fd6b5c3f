import { Button, SegmentedControl, Switch, TextInput } from '@mantine/core'
import { FolderOpen } from 'lucide-react'
import { useState, type ReactElement } from 'react'
import type { Settings, SettingsChange } from '#shared/domain/settings.ts'
import { useTheme } from '../../app/theme/use-theme.ts'
import { useClient } from '../../client/client-context.tsx'
import { useMethod } from '../../client/use-method.ts'
import { toast } from '../../components/toast.tsx'
import { SettingGroup, SettingRow } from './setting-row.tsx'

const THEMES = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
]

/** Appearance, projects, and when to ask and to tell. */
export function GeneralPart({ settings, save }: { readonly settings: Settings; save(change: SettingsChange): Promise<void> }): ReactElement {
  const { choose } = useTheme()
  const { data: info } = useMethod('app.info', {})
  return (
    <>
      <SettingGroup title="Appearance">
        <SettingRow
          name="Colours"
          text="Light and dark hold the same contrast."
          control={<SegmentedControl aria-label="Colours" data={THEMES} value={settings.theme} onChange={(theme) => choose(theme as Settings['theme'])} />}
        />
      </SettingGroup>
      <SettingGroup title="Projects">
        <ProjectsFolder key={settings.projectsFolder ?? ''} settings={settings} save={save} />
        <SettingRow
          name="Ask before deleting"
          text="Says what goes, how much it frees, and what is kept. Deleted means deleted: it cannot be undone."
          control={<Switch aria-label="Ask before deleting" checked={settings.confirmDeletion} onChange={({ currentTarget }) => void save({ confirmDeletion: currentTarget.checked })} />}
        />
      </SettingGroup>
      {info?.notifications === true ? (
        <SettingGroup title="Messages">
          <SettingRow
            name="Tell when long work ends"
            text="A message of the system, for work of more than ten seconds that ends while this window is not in front."
            control={<Switch aria-label="Tell when long work ends" checked={settings.notifyWhenDone} onChange={({ currentTarget }) => void save({ notifyWhenDone: currentTarget.checked })} />}
          />
        </SettingGroup>
      ) : undefined}
    </>
  )
}

function ProjectsFolder({ settings, save }: { readonly settings: Settings; save(change: SettingsChange): Promise<void> }): ReactElement {
  const client = useClient()
  const { data: info } = useMethod('app.info', {})
  const [folder, setFolder] = useState(settings.projectsFolder ?? '')
  const keep = (path: string): void => {
    const next = path.trim() === '' ? null : path.trim()
    if (next !== settings.projectsFolder) void save({ projectsFolder: next })
  }
  const pick = async (): Promise<void> => {
    try {
      const { paths } = await client.call('files.choose', { title: 'Folder for new projects', kind: 'open-folder' })
      const [path] = paths ?? []
      if (path === undefined) return
      setFolder(path)
      keep(path)
    } catch (error) {
      toast.failure(error)
    }
  }
  return (
    <SettingRow
      name="Folder for new projects"
      text="New projects are proposed here; existing ones stay where they are."
      control={
        <>
          <TextInput
            aria-label="Folder for new projects"
            value={folder}
            placeholder={info?.projectsFolder ?? ''}
            onChange={({ currentTarget }) => setFolder(currentTarget.value)}
            onBlur={() => keep(folder)}
            onKeyDown={({ key }) => {
              if (key === 'Enter') keep(folder)
            }}
            w={300}
          />
          {info?.dialogs === true ? (
            <Button variant="default" leftSection={<FolderOpen size={14} />} onClick={() => void pick()}>
              Choose folder
            </Button>
          ) : undefined}
        </>
      }
    />
  )
}
