import { ActionIcon, Tooltip } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import type { ReactElement } from 'react'
import type { DeploymentEntry } from '#shared/contract/deployments.ts'
import { formatMoment, formatScore } from '../../components/format.ts'
import { PaneHead } from '../../components/pane.tsx'
import { Dot } from '../../components/tag.tsx'
import styles from './deployments.module.css'

/** The deployments of the project, each with the model that it serves. */
export function SlotList({ deployments, current, onNew }: { readonly deployments: readonly DeploymentEntry[]; readonly current: string | undefined; onNew(): void }): ReactElement {
  return (
    <nav className={styles['slots']} aria-label="Deployments">
      <PaneHead
        title="Deployments"
        end={
          <Tooltip label="Deploy a model">
            <ActionIcon aria-label="Deploy a model" onClick={onNew}><Plus size={16} /></ActionIcon>
          </Tooltip>
        }
      />
      <ul>
        {deployments.map(({ name, serves, since }) => (
          <li key={name}>
            <Link to="/deployments" search={{ deployment: name }} aria-current={name === current ? 'page' : undefined}>
              <span className={styles['slot']}><Dot tone="success" /><b>{name}</b></span>
              <span>{serves.model}{serves.score === null ? '' : ` · ${serves.score.label} ${formatScore(serves.score.value)}`}</span>
              <small>since {formatMoment(since)}</small>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
