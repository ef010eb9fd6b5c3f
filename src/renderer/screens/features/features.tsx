import { SlidersHorizontal } from 'lucide-react'
import type { ReactElement } from 'react'
import { EmptyState } from '../../components/empty-state.tsx'
import { Page } from '../../components/page.tsx'

/** Says what this screen is for. */
export function FeaturesScreen(): ReactElement {
  return (
    <Page title="Features">
      <EmptyState icon={SlidersHorizontal} title="Features" text="How each column is turned into inputs of the model, with a preview of before and after. This screen is not in this version yet; the command line does it." />
    </Page>
  )
}
