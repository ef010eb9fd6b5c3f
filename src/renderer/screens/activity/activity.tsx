import { Activity } from 'lucide-react'
import type { ReactElement } from 'react'
import { EmptyState } from '../../components/empty-state.tsx'
import { Page } from '../../components/page.tsx'

/** Says what this screen is for. */
export function ActivityScreen(): ReactElement {
  return (
    <Page title="Activity">
      <EmptyState icon={Activity} title="Activity" text="What runs, what waits and what is done, with progress, remaining time and log. This screen is not in this version yet; the command line does it." />
    </Page>
  )
}
