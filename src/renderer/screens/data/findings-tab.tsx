import { Button, Select } from '@mantine/core'
import { CircleCheck, Stethoscope } from 'lucide-react'
import { useState, type ReactElement } from 'react'
import type { DatasetDescription, ProfileHead } from '#shared/contract/datasets.ts'
import { useStartJob } from '../../client/use-job.ts'
import { useClient } from '../../client/client-context.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { formatCount, plural } from '../../components/format.ts'
import { toast } from '../../components/toast.tsx'
import type { DatasetPlace } from './column-summaries.ts'
import { FindingList } from './finding-list.tsx'
import type { ShownFinding } from './findings.ts'
import { JobLine, isActive } from './job-line.tsx'
import styles from './findings-tab.module.css'

type FindingsTabProps = {
  readonly place: DatasetPlace
  readonly description: DatasetDescription
  /** Null: no profile was made; undefined: that is not known yet. */
  readonly profile: ProfileHead | null | undefined
  readonly findings: readonly ShownFinding[]
  onColumn(column: string): void
}

/** What was found about a dataset, what to do about it, and looking for more. */
export function FindingsTab({ place, description, profile, findings, onColumn }: FindingsTabProps): ReactElement {
  const profiled = findings.filter(({ found }) => found === 'profile')
  const read = findings.filter(({ found }) => found === 'reading')
  return (
    <div className={styles['tab']}>
      <LookForProblems place={place} description={description} profile={profile} />
      {profile === null || profile === undefined ? undefined : (
        <section aria-labelledby="profiled">
          <h2 id="profiled">In the rows</h2>
          {profiled.length === 0 ? <p className={styles['good']}><CircleCheck size={16} />Nothing that wants a look was found in {plural(profile.rows, 'row')}.</p> : <FindingList findings={profiled} onColumn={onColumn} />}
        </section>
      )}
      {description.report === null ? undefined : (
        <section aria-labelledby="read">
          <h2 id="read">While the file was read</h2>
          {read.length === 0 ? <p className={styles['good']}><CircleCheck size={16} />The file was read without surprises.</p> : <FindingList findings={read} onColumn={onColumn} />}
        </section>
      )}
    </div>
  )
}

/** Profiles all rows, with or without a column to predict: repeated rows, leaks, far-off values, columns that say the same. */
function LookForProblems({ place, description, profile }: Pick<FindingsTabProps, 'place' | 'description' | 'profile'>): ReactElement {
  const client = useClient()
  const { start, job, error, starting } = useStartJob('datasets.profile')
  const [target, setTarget] = useState<string | null>(profile?.target ?? description.goal?.target ?? null)
  const active = isActive(job)
  const look = async (): Promise<void> => {
    try {
      await start({ ...place, ...(target === null ? {} : { target }) })
    } catch {} // `error` says it
  }
  const about = profile === undefined ? '' : profile === null ? 'The rows were not looked at as a whole yet: repeated rows, columns that give the answer away, far-off values, columns that say the same.' : `${plural(profile.rows, 'row')} were looked at${profile.target === null ? '' : `, with ${profile.target} to predict`}${profile.repeatedRows === null || profile.repeatedRows === 0 ? '' : `; ${formatCount(profile.repeatedRows)} repeat an earlier one`}.`
  return (
    <section className={styles['look']} aria-label="Look for problems">
      <p>{about}</p>
      <div className={styles['start']}>
        <Select label="Column to predict" placeholder="none" clearable searchable data={description.columns.map(({ name }) => name)} value={target} onChange={setTarget} w={220} limit={100} disabled={active} />
        <Button variant="default" leftSection={<Stethoscope size={14} />} onClick={() => void look()} loading={starting} disabled={active}>{profile === null || profile === undefined ? 'Look for problems' : 'Look again'}</Button>
      </div>
      {active && job !== undefined ? <JobLine job={job} onCancel={() => void client.call('activity.cancel', { job: job.id }).catch(toast.failure)} /> : undefined}
      {error === undefined || error.code === 'cancelled' ? undefined : <ErrorNote error={error} />}
    </section>
  )
}
