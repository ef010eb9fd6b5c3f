import { Button, Menu, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Ellipsis, Search } from 'lucide-react'
import { useState, type ReactElement } from 'react'
import type { MethodOutput } from '#shared/contract/index.ts'
import type { ProjectSummary } from '#shared/contract/projects.ts'
import { useClient } from '../../client/client-context.tsx'
import { formatBytes, formatMoment, formatScore, NONE } from '../../components/format.ts'
import { TableSkeleton } from '../../components/skeletons.tsx'
import { Dot, type Tone } from '../../components/tag.tsx'
import { LoopBar } from './loop-bar.tsx'
import { Panel } from './panel.tsx'
import styles from './recent-projects.module.css'

type Recent = MethodOutput<'projects.recent'>['projects'][number]

const TASKS: Readonly<Record<string, string>> = {
  'binary-classification': 'Binary classification',
  'multiclass-classification': 'Classification',
  regression: 'Regression',
}

/** The projects that were opened on this machine, the latest first. */
export function RecentProjects({ projects, current, onOpen }: { readonly projects: readonly Recent[] | undefined; readonly current: string | null; readonly onOpen: (path: string) => void }): ReactElement {
  const [filter, setFilter] = useState('')
  const shown = projects?.filter(({ name, path }) => `${name} ${path}`.toLowerCase().includes(filter.trim().toLowerCase()))
  return (
    <Panel
      title="Recent projects"
      sub="opens instantly; data is read when you look at it"
      end={(projects?.length ?? 0) > 5 ? <TextInput size="xs" aria-label="Filter projects" placeholder="Filter" leftSection={<Search size={14} />} value={filter} onChange={(event) => setFilter(event.currentTarget.value)} /> : undefined}
    >
      {shown === undefined ? <TableSkeleton rows={3} columns={5} /> : shown.length === 0 ? <p className={styles['none']}>{filter === '' ? 'No project was opened on this machine so far. Start one below.' : 'No project has that in its name or folder.'}</p> : <ProjectTable projects={shown} current={current} onOpen={onOpen} />}
    </Panel>
  )
}

function ProjectTable({ projects, current, onOpen }: { readonly projects: readonly Recent[]; readonly current: string | null; readonly onOpen: (path: string) => void }): ReactElement {
  return (
    <table className={styles['table']}>
      <thead>
        <tr>
          <th scope="col">Project</th>
          <th scope="col" className={styles['wide']}>Loop</th>
          <th scope="col">State</th>
          <th scope="col" className={styles['end']}>Best score</th>
          <th scope="col" className={styles['end']}>Opened</th>
          <th scope="col" className={styles['end']}>Disk</th>
          <th scope="col"><span className={styles['unseen']}>Actions</span></th>
        </tr>
      </thead>
      <tbody>
        {projects.map((project) => (
          <ProjectRow key={project.path} project={project} current={project.path === current} onOpen={() => onOpen(project.path)} />
        ))}
      </tbody>
    </table>
  )
}

function ProjectRow({ project, current, onOpen }: { readonly project: Recent; readonly current: boolean; readonly onOpen: () => void }): ReactElement {
  const { name, path, problem, summary, openedAt, bytes } = project
  const gone = problem !== null
  return (
    <tr aria-current={current ? 'true' : undefined} className={gone ? styles['gone'] : undefined}>
      <th scope="row">
        <button type="button" className={styles['name']} title={path} onClick={onOpen} disabled={gone}>
          {name}
        </button>
        <span className={styles['what']}>{summary === null ? path : about(summary)}</span>
      </th>
      <td className={styles['wide']}>{summary === null ? NONE : <LoopBar stages={summary.stages} />}</td>
      <td>
        <span className={styles['state']}>
          <Dot tone={toneOf(project)} />
          {problem ?? summary?.state ?? NONE}
        </span>
      </td>
      <td className={styles['end']}>{summary?.best === null || summary === null ? NONE : <span>{summary.best.label} <b>{formatScore(summary.best.value)}</b></span>}</td>
      <td className={styles['end']}>{formatMoment(openedAt)}</td>
      <td className={styles['end']}>{formatBytes(bytes)}</td>
      <td className={styles['end']}><ProjectMenu path={path} name={name} onOpen={gone ? undefined : onOpen} /></td>
    </tr>
  )
}

function ProjectMenu({ path, name, onOpen }: { readonly path: string; readonly name: string; readonly onOpen: (() => void) | undefined }): ReactElement {
  const client = useClient()
  const queries = useQueryClient()
  const forget = async (): Promise<void> => {
    await client.call('projects.forget', { path })
    await queries.invalidateQueries({ queryKey: ['projects.recent'] })
  }
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="subtle" size="compact-xs" aria-label={`More for ${name}`}><Ellipsis size={15} /></Button>
      </Menu.Target>
      <Menu.Dropdown>
        {onOpen === undefined ? undefined : <Menu.Item onClick={onOpen}>Open project</Menu.Item>}
        <Menu.Item onClick={() => void navigator.clipboard.writeText(path)}>Copy path of the folder</Menu.Item>
        <Menu.Item onClick={() => void forget()}>Take out of this list (the folder stays)</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function about({ task, target, counts }: ProjectSummary): string {
  if (task !== null && target !== null) return `${TASKS[task] ?? task} · target ${target}`
  return counts.datasets === 0 ? 'No data yet' : `${String(counts.datasets)} ${counts.datasets === 1 ? 'dataset' : 'datasets'}, no model yet`
}

function toneOf({ problem, summary }: Recent): Tone {
  if (problem !== null || summary?.stages.some(({ state }) => state === 'failed') === true) return 'danger'
  if (summary?.running === true) return 'accent'
  return summary?.stages.some(({ stage, state }) => stage === 'deploy' && state === 'done') === true ? 'success' : 'neutral'
}
