import { House } from 'lucide-react'
import type { ReactElement } from 'react'
import { EmptyState } from '../../components/empty-state.tsx'
import { Page } from '../../components/page.tsx'

/** Says what this screen is for. */
export function HomeScreen(): ReactElement {
  return (
    <Page title="Home">
      <EmptyState icon={House} title="Your projects" text="Projects on this machine and ways to start a new one are listed here. This screen is not in this version yet; the command line does it." />
    </Page>
  )
}
