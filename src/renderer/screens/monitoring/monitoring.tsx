import { HeartPulse } from 'lucide-react'
import type { ReactElement } from 'react'
import { ButtonLink } from '../../components/button-link.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Page } from '../../components/page.tsx'

/** Says what will be watched here, and what can be done until then. */
export function MonitoringScreen(): ReactElement {
  return (
    <Page title="Monitoring" sub="drift, quality and retraining of what is deployed">
      <EmptyState
        icon={HeartPulse}
        title="Deployments are not watched yet"
        text="Drift per column, prediction quality and retraining come in a later version. Until then: score new rows with a deployment, and run the pipeline again on newer data; what did not change is reused."
        action={
          <>
            <ButtonLink to="/deployments">
              Open deployments
            </ButtonLink>
            <ButtonLink to="/pipeline" variant="default">
              Open the pipeline
            </ButtonLink>
          </>
        }
        command="millrace predict --deployment NAME --input new.csv --output scored.csv"
      />
    </Page>
  )
}
