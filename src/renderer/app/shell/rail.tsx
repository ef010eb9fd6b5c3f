import { Tooltip } from '@mantine/core'
import { Link, useRouterState } from '@tanstack/react-router'
import { Activity, House, Settings, Workflow, type LucideIcon } from 'lucide-react'
import type { ReactElement } from 'react'
import { useJobs } from '../../client/use-job.ts'
import { PANE_ATTRIBUTE } from '../panes.ts'
import { useNarrow } from './narrow.ts'
import { Race } from './race.tsx'
import styles from './rail.module.css'

/** The way around: places above and below, and between them the loop with the state of every stage. */
export function Rail(): ReactElement {
  const jobs = useJobs()
  const running = jobs.filter(({ state }) => state === 'running').length
  const queued = jobs.filter(({ state }) => state === 'queued').length
  const work = running > 0 ? `${String(running)} running` : queued > 0 ? `${String(queued)} queued` : ''
  const pipelineRuns = jobs.some(({ kind, state }) => kind === 'run' && state === 'running')
  return (
    <nav className={styles['rail']} aria-label="Project" {...{ [PANE_ATTRIBUTE]: 'rail' }} tabIndex={-1}>
      <Place to="/home" name="Home" icon={House} />
      <Place to="/pipeline" name="Pipeline" icon={Workflow} {...(pipelineRuns ? { end: 'running' } : {})} />
      <Race />
      <div className={styles['line']} />
      <Place to="/activity" name="Activity" icon={Activity} {...(work === '' ? {} : { end: work })} />
      <Place to="/settings" name="Settings" icon={Settings} />
    </nav>
  )
}

function Place({ to, name, icon: Icon, end }: { readonly to: '/home' | '/pipeline' | '/activity' | '/settings'; readonly name: string; readonly icon: LucideIcon; readonly end?: string }): ReactElement {
  const narrow = useNarrow()
  const here = useRouterState({ select: ({ location }) => location.pathname === to })
  return (
    <Tooltip label={end === undefined ? name : `${name}: ${end}`} position="right" disabled={!narrow}>
      <Link to={to} className={styles['place']} {...(here ? { 'aria-current': 'page' } : {})}>
        <Icon size={16} />
        <span className={styles['words']}>{name}</span>
        {end === undefined ? undefined : <span className={`${styles['end'] ?? ''} ${styles['words'] ?? ''}`}>{end}</span>}
      </Link>
    </Tooltip>
  )
}
