import { ChartSpline } from 'lucide-react'
import type { ReactElement } from 'react'
import { EmptyState } from '../../components/empty-state.tsx'
import { Page } from '../../components/page.tsx'

/** Says what this screen is for. */
export function ModelScreen(): ReactElement {
  return (
    <Page title="Model">
      <EmptyState icon={ChartSpline} title="The model" text="How good the model is on rows it has never seen, and what its predictions rest on. This screen is not in this version yet; the command line does it." />
    </Page>
  )
}
