import { Workflow } from 'lucide-react'
import type { ReactElement } from 'react'
import { EmptyState } from '../../components/empty-state.tsx'
import { Page } from '../../components/page.tsx'

/** Says what this screen is for. */
export function PipelineScreen(): ReactElement {
  return (
    <Page title="Pipeline">
      <EmptyState icon={Workflow} title="The pipeline" text="The steps from file to model as a graph, with the same file as YAML beside it. This screen is not in this version yet; the command line does it." command="millrace run pipeline.yaml" />
    </Page>
  )
}
