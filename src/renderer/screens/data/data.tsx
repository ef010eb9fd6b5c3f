import { Table2 } from 'lucide-react'
import type { ReactElement } from 'react'
import { EmptyState } from '../../components/empty-state.tsx'
import { Page } from '../../components/page.tsx'

/** Says what this screen is for. */
export function DataScreen(): ReactElement {
  return (
    <Page title="Data">
      <EmptyState icon={Table2} title="Your data" text="Datasets and their versions, every row in a grid, and what Millrace found in each column. This screen is not in this version yet; the command line does it." command="millrace import data.csv" />
    </Page>
  )
}
