import { FlaskConical } from 'lucide-react'
import type { ReactElement } from 'react'
import { EmptyState } from '../../components/empty-state.tsx'
import { Page } from '../../components/page.tsx'

/** Says what this screen is for. */
export function ExperimentsScreen(): ReactElement {
  return (
    <Page title="Experiments">
      <EmptyState icon={FlaskConical} title="Experiments" text="Every run with its score and its spread, side by side. This screen is not in this version yet; the command line does it." command="millrace runs" />
    </Page>
  )
}
