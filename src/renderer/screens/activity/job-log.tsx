import { ActionIcon, SegmentedControl, Tooltip } from '@mantine/core'
import { ArrowDown, FileText } from 'lucide-react'
import { useEffect, useRef, useState, type ReactElement } from 'react'
import type { MethodOutput } from '#shared/contract/index.ts'
import type { Job } from '#shared/domain/job.ts'
import { hasEnded } from '../../client/jobs.ts'
import { useMethod } from '../../client/use-method.ts'
import { cellText } from '../../components/cell-text.ts'
import { ErrorNote } from '../../components/error-note.tsx'
import { formatClock, formatCount } from '../../components/format.ts'
import { PaneHead } from '../../components/pane.tsx'
import { fileName, saveFile } from '../../components/save-file.ts'
import styles from './activity.module.css'

type Line = MethodOutput<'activity.log'>['lines'][number]

const EVERY_MILLISECONDS = 1000
const SHOWN = 400
const LONGEST_LINE = 2000

/** What a job has said, live; it follows the end until the user scrolls up. */
export function JobLog({ job }: { readonly job: Job }): ReactElement {
  const [show, setShow] = useState('all')
  const ended = hasEnded(job)
  const log = useMethod('activity.log', { job: job.id }, { refetchInterval: ended ? false : EVERY_MILLISECONDS })
  const { refetch } = log
  useEffect(() => {
    if (ended) void refetch()
  }, [ended, refetch])
  const lines = (log.data?.lines ?? []).filter(({ level }) => level !== 'debug')
  const warnings = lines.filter(({ level }) => level === 'warn' || level === 'error')
  const wanted = show === 'all' ? lines : warnings
  return (
    <section aria-label={`Log of ${job.title}`} className={styles['log-part']}>
      <PaneHead
        title={`Log of ${job.title}`}
        sub={
          <SegmentedControl
            aria-label="Lines of the log"
            data={[
              { value: 'all', label: 'All' },
              { value: 'warnings', label: `Warnings ${formatCount(warnings.length)}` },
            ]}
            value={show}
            onChange={setShow}
          />
        }
        end={
          <Tooltip label="Save the log">
            <ActionIcon aria-label="Save the log" disabled={lines.length === 0} onClick={() => saveFile(`${fileName(job.title)}-${job.id}.log`, asText(lines))}>
              <FileText size={16} />
            </ActionIcon>
          </Tooltip>
        }
      />
      {job.error === null ? undefined : (
        <div className={styles['failure']}>
          <ErrorNote error={job.error} />
        </div>
      )}
      {log.error === null ? <Lines lines={wanted} ended={ended} /> : <ErrorNote error={log.error} retry={log.refetch} />}
    </section>
  )
}

function Lines({ lines, ended }: { readonly lines: readonly Line[]; readonly ended: boolean }): ReactElement {
  const place = useRef<HTMLDivElement>(null)
  const [follows, setFollows] = useState(true)
  const shown = lines.slice(-SHOWN)
  useEffect(() => {
    const element = place.current
    if (follows && element !== null) element.scrollTop = element.scrollHeight
  })
  return (
    <div className={styles['log-frame']}>
      {/* A region that scrolls is reached by keyboard, or its end could not be read without a mouse. */}
      <div
        ref={place}
        className={styles['log']}
        role="log"
        aria-label="Lines"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls
        tabIndex={0}
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => setFollows(scrollHeight - scrollTop - clientHeight < 24)}
      >
        {lines.length > shown.length ? <p className={styles['quiet']}>{formatCount(lines.length - shown.length)} earlier lines are in the saved log.</p> : undefined}
        {shown.length === 0 ? <p className={styles['quiet']}>{ended ? 'It said nothing.' : 'Nothing was said yet.'}</p> : undefined}
        {shown.map(({ at, level, message, step }, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- lines are only added
          <p key={index} data-level={level}>
            <time>{formatClock(at, true)}</time>
            <span>{step ?? ''}</span>
            <span>{cellText(message, LONGEST_LINE)}</span>
          </p>
        ))}
      </div>
      {follows ? undefined : (
        <ActionIcon className={styles['to-end'] ?? ''} variant="default" aria-label="Follow the end of the log" onClick={() => setFollows(true)}>
          <ArrowDown size={14} />
        </ActionIcon>
      )}
    </div>
  )
}

function asText(lines: readonly Line[]): string {
  return lines.map(({ at, level, step, message }) => `${new Date(at).toISOString()} ${level.padEnd(5)} ${step ?? '-'} ${message}\n`).join('')
}
