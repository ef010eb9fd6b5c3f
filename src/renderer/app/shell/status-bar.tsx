import { Tooltip } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Activity, Cpu, Lock, MemoryStick } from 'lucide-react'
import type { ReactElement } from 'react'
import { useJobs } from '../../client/use-job.ts'
import { useMethod } from '../../client/use-method.ts'
import { formatBytes, formatRemaining, formatShare, plural } from '../../components/format.ts'
import { ProgressBar } from '../../components/progress-bar.tsx'
import { useFollowLoad, useLoadHistory } from '../load-history.ts'
import { PANE_ATTRIBUTE } from '../panes.ts'
import styles from './status-bar.module.css'

/** The quiet line at the bottom: what computes, memory, privacy, and what runs. */
export function StatusBar(): ReactElement {
  return (
    <footer className={styles['bar']} {...{ [PANE_ATTRIBUTE]: 'status' }} tabIndex={-1}>
      <Device />
      <Memory />
      <span className={styles['local']}>
        <Lock size={14} />
        Local: nothing leaves this machine
      </span>
      <Work />
    </footer>
  )
}

function Device(): ReactElement | undefined {
  const { data, error } = useMethod('devices.list', {})
  const backend = data?.backends.find(({ id }) => id === data.chosen)
  if (backend === undefined && (data !== undefined || error !== null)) return undefined
  if (backend === undefined) return <span className={styles['item']}><Cpu size={14} /> <span className={styles['quiet']}>testing the devices</span></span>
  const [device] = backend.devices
  return (
    <Tooltip label={backend.reason} multiline maw={360}>
      <Link to="/settings" search={{ section: 'devices' }} className={styles['item']}>
        <Cpu size={14} />
        <b>{device?.threads === 0 ? 'GPU' : 'CPU'}</b>
        <span>{device === undefined ? '' : `${device.name}${device.threads === 0 ? '' : `, ${plural(device.threads, 'thread')}`}`}</span>
        {backend.selfTest === 'passed' ? <span className={styles['quiet']}>self-test passed</span> : undefined}
      </Link>
    </Tooltip>
  )
}

function Memory(): ReactElement | undefined {
  const info = useMethod('app.info', {})
  const load = useLoadHistory(({ loads }) => loads.at(-1))
  useFollowLoad()
  if (info.data === undefined || load === undefined) return undefined
  const { memoryBytes } = info.data
  const { residentBytes } = load
  return (
    <span className={styles['item']} title="Memory that Millrace uses, of what one step may use">
      <MemoryStick size={14} />
      {formatBytes(residentBytes)} of {formatBytes(memoryBytes)}
      <span className={styles['meter']}>
        <ProgressBar value={residentBytes / memoryBytes} label="Memory in use" />
      </span>
    </span>
  )
}

function Work(): ReactElement {
  const jobs = useJobs()
  const running = jobs.filter(({ state }) => state === 'running')
  const queued = jobs.filter(({ state }) => state === 'queued').length
  const [first] = running
  if (first === undefined) {
    return (
      <Link to="/activity" className={styles['item']}>
        <Activity size={14} />
        {queued === 0 ? 'Nothing is running' : `${String(queued)} queued`}
      </Link>
    )
  }
  const words = [running.length === 1 ? first.title : `${String(running.length)} running`, queued > 0 ? `${String(queued)} queued` : ''].filter((part) => part !== '')
  return (
    <Link to="/activity" search={{ job: first.id }} className={styles['item']}>
      <Activity size={14} />
      <b className={styles['work']}>{words.join(', ')}</b>
      <span className={styles['meter']}>
        <ProgressBar value={first.fraction} label={`Progress of ${first.title}`} />
      </span>
      <span className={styles['remaining']}>{first.remainingSeconds === null ? (first.fraction === null ? '' : formatShare(first.fraction)) : formatRemaining(first.remainingSeconds)}</span>
    </Link>
  )
}
