import { Rocket } from 'lucide-react'
import type { ReactElement } from 'react'
import { EmptyState } from '../../components/empty-state.tsx'
import { Page } from '../../components/page.tsx'

/** Says what this screen is for. */
export function DeploymentsScreen(): ReactElement {
  return (
    <Page title="Deployments">
      <EmptyState icon={Rocket} title="Deployments" text="Named slots that serve a model: try a prediction, promote a version, roll back. This screen is not in this version yet; the command line does it." />
    </Page>
  )
}
