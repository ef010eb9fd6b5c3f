import { FilePlus2 } from 'lucide-react'
import type { ReactElement } from 'react'
import { EmptyState } from '../../components/empty-state.tsx'
import { Page } from '../../components/page.tsx'

/** Says what this screen is for. */
export function NewScreen(): ReactElement {
  return (
    <Page title="Start from my data">
      <EmptyState icon={FilePlus2} title="From a file to a model" text="Choose a file, choose what to predict, and train. This screen is not in this version yet; the command line does it." command="millrace init my-project" />
    </Page>
  )
}
