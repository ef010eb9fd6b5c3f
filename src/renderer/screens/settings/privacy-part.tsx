import { Button, Table } from '@mantine/core'
import { Lock } from 'lucide-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'
import { useClient } from '../../client/client-context.tsx'
import { useMethod } from '../../client/use-method.ts'
import { plural } from '../../components/format.ts'
import { Note } from '../../components/note.tsx'
import { toast } from '../../components/toast.tsx'
import { SettingGroup, SettingRow } from './setting-row.tsx'
import styles from './settings.module.css'

/** What is stored where, and that nothing leaves the machine. */
export function PrivacyPart(): ReactElement {
  const { data: info } = useMethod('app.info', {})
  const places: readonly (readonly [what: string, where: string, holds: string])[] = [
    ['Projects', 'the folder of each project', 'data versions, runs, models and deployments; pipelines as readable files'],
    ['Settings', info?.settingsFile ?? '', 'what you chose here, and the list of recent projects'],
    ['This window', info?.host === 'web' ? 'the storage of your browser, for this address' : 'the storage of this application', 'widths of panes, light or dark'],
    ['While it works', 'a temporary folder, emptied at the end', 'tables that are larger than the memory'],
  ]
  return (
    <>
      <Note icon={Lock}>
        <b>Nothing leaves this machine.</b> Millrace sends no usage data, looks for no updates and needs no account. This window may load its own files and speak with its own engine; everything else is refused by its
        policy.
      </Note>
      <SettingGroup title="What is stored where">
        <Table aria-label="What is stored where">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>What</Table.Th>
              <Table.Th>Where</Table.Th>
              <Table.Th>Holds</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {places.map(([what, where, holds]) => (
              <Table.Tr key={what}>
                <Table.Td>
                  <b className={styles['place']}>{what}</b>
                </Table.Td>
                <Table.Td>{where}</Table.Td>
                <Table.Td>{holds}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </SettingGroup>
      <SettingGroup title="Recent projects">
        <ForgetProjects />
      </SettingGroup>
    </>
  )
}

function ForgetProjects(): ReactElement {
  const client = useClient()
  const queries = useQueryClient()
  const { data } = useMethod('projects.recent', {})
  const [busy, setBusy] = useState(false)
  const projects = data?.projects ?? []
  const forget = async (): Promise<void> => {
    setBusy(true)
    try {
      for (const { path } of projects) await client.call('projects.forget', { path })
      toast.success(`Forgot ${plural(projects.length, 'project')}; their folders stay`)
    } catch (error) {
      toast.failure(error)
    } finally {
      setBusy(false)
      await queries.invalidateQueries({ queryKey: ['projects.recent'] })
    }
  }
  return (
    <SettingRow
      name={plural(projects.length, 'project')}
      text="The list says which folders were opened on this machine. Forgetting it deletes nothing."
      control={
        <Button variant="default" disabled={projects.length === 0} loading={busy} onClick={() => void forget()}>
          Forget the list
        </Button>
      }
    />
  )
}
