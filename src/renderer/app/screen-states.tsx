import type { ErrorComponentProps } from '@tanstack/react-router'
import { Compass } from 'lucide-react'
import type { ReactElement } from 'react'
import { ButtonLink } from '../components/button-link.tsx'
import { EmptyState } from '../components/empty-state.tsx'
import { ErrorNote } from '../components/error-note.tsx'
import { Page } from '../components/page.tsx'
import { TableSkeleton } from '../components/skeletons.tsx'
import styles from './screen-states.module.css'

/** In place of a screen that failed: the rest of the window goes on. */
export function ScreenFailed({ error, reset }: ErrorComponentProps): ReactElement {
  return (
    <Page title="This screen failed">
      <div className={styles['failed']}>
        <ErrorNote
          error={error}
          retry={reset}
          actions={
            <ButtonLink to="/home" variant="subtle">
              Go to Home
            </ButtonLink>
          }
        />
      </div>
    </Page>
  )
}

/** The shape of a screen while its code arrives. */
export function ScreenLoading(): ReactElement {
  return (
    <>
      <div className={styles['head']} />
      <TableSkeleton rows={12} />
    </>
  )
}

/** The frame of a screen that is about to be drawn. */
export function ScreenComing(): ReactElement {
  return <div className={styles['head']} />
}

/** In place of an address that leads nowhere. */
export function NotThere(): ReactElement {
  return (
    <Page title="Not found">
      <EmptyState
        icon={Compass}
        title="There is no such screen"
        text="The address is from another version, or was mistyped."
        action={
          <ButtonLink to="/home">
            Go to Home
          </ButtonLink>
        }
      />
    </Page>
  )
}
