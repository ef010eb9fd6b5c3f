import { Outlet } from '@tanstack/react-router'
import { FolderOpen } from 'lucide-react'
import type { ReactElement } from 'react'
import { ButtonLink } from '../components/button-link.tsx'
import { EmptyState } from '../components/empty-state.tsx'
import { Page } from '../components/page.tsx'
import { useProjectStore } from './project.ts'
import { ScreenLoading } from './screen-states.tsx'

/** Shows what needs a project only where one is open; another project starts its screens anew. */
export function ProjectGate(): ReactElement {
  const { path, looking } = useProjectStore()
  if (path !== null) return <Outlet key={path} />
  if (looking) return <ScreenLoading />
  return (
    <Page title="No project">
      <EmptyState
        icon={FolderOpen}
        title="No project is open"
        text="A project is a folder with your data, pipelines and models. Open one, or start from a file."
        action={
          <>
            <ButtonLink to="/home">
              Choose a project
            </ButtonLink>
            <ButtonLink to="/new" variant="default">
              Start from my data
            </ButtonLink>
          </>
        }
        command="millrace init my-project"
      />
    </Page>
  )
}
