import { Settings } from 'lucide-react'
import type { ReactElement } from 'react'
import { EmptyState } from '../../components/empty-state.tsx'
import { Page } from '../../components/page.tsx'

/** Says what this screen is for. */
export function SettingsScreen(): ReactElement {
  return (
    <Page title="Settings">
      <EmptyState icon={Settings} title="Settings" text="Devices, memory, folders, privacy, appearance and keyboard. This screen is not in this version yet; the command line does it." />
    </Page>
  )
}
