import { Tooltip } from '@mantine/core'
import { Link, useRouterState } from '@tanstack/react-router'
import { Check, Minus, TriangleAlert, X } from 'lucide-react'
import type { ReactElement } from 'react'
import type { ProjectSummary, Stage } from '#shared/contract/projects.ts'
import { useJobs } from '../../client/use-job.ts'
import { useMethod } from '../../client/use-method.ts'
import { formatRemaining, formatShare } from '../../components/format.ts'
import { useProjectStore } from '../project.ts'
import { stageAt, stageOrder, stagePlaces } from '../stage-places.ts'
import { useNarrow } from './narrow.ts'
import styles from './rail.module.css'

type StageState = ProjectSummary['stages'][number]

/** Two stages share a screen: only the whole address says which one is shown. */
const WHOLE = { exact: true, includeSearch: true } as const

const WORDS: Readonly<Record<StageState['state'], string>> = { empty: 'not begun', done: 'done', attention: 'needs a look', running: 'running', failed: 'failed' }

/** The loop ingest … retrain as one channel: each stage with its state in one line. */
export function Race(): ReactElement {
  const project = useProjectStore((state) => state.path)
  const summary = useMethod('projects.summary', { project: project ?? '' }, { enabled: project !== null })
  const job = useJobs().find((one) => one.state === 'running' && one.kind === 'run' && one.project === project)
  const here = useRouterState({ select: ({ location }) => stageAt(location.pathname, (location.search as { readonly tab?: string }).tab) })
  const progress = job === undefined ? '' : [job.fraction === null ? '' : formatShare(job.fraction), formatRemaining(job.remainingSeconds)].filter((part) => part !== '').join(' · ')
  return (
    <ol className={styles['race']} aria-label="The loop">
      {stageOrder.map((stage) => {
        const known = summary.data?.stages.find((one) => one.stage === stage)
        const state = summary.data === undefined ? undefined : (known?.state ?? 'empty')
        const line = state === 'running' && progress !== '' ? progress : (known?.line ?? '')
        return <StageLink key={stage} stage={stage} state={state} line={line} current={here === stage} />
      })}
    </ol>
  )
}

function StageLink({ stage, state, line, current }: { readonly stage: Stage; readonly state: StageState['state'] | undefined; readonly line: string; readonly current: boolean }): ReactElement {
  const narrow = useNarrow()
  const { name, to, search } = stagePlaces[stage]
  return (
    <li className={state === undefined ? styles['stage'] : `${styles['stage'] ?? ''} ${styles[state] ?? ''}`} data-state={state}>
      <Tooltip label={line === '' ? name : `${name}: ${line}`} position="right" disabled={!narrow}>
        <Link to={to} search={search ?? {}} activeOptions={WHOLE} className={styles['stage-link']} {...(current ? { 'aria-current': 'page' } : {})}>
          <span className={styles['node']}>
            <StageIcon state={state} />
          </span>
          <span className={styles['words']}>
            <span className={styles['name']}>{name}</span>
            <span className="read-aloud">{state === undefined ? '' : WORDS[state]}</span>
            <span className={styles['state']}>{line}</span>
          </span>
        </Link>
      </Tooltip>
    </li>
  )
}

function StageIcon({ state }: { readonly state: StageState['state'] | undefined }): ReactElement | undefined {
  if (state === 'done') return <Check size={10} strokeWidth={2.4} />
  if (state === 'attention') return <TriangleAlert size={10} />
  if (state === 'failed') return <X size={10} strokeWidth={2.4} />
  if (state === 'empty') return <Minus size={8} />
  return undefined
}
