import type { ReactElement } from 'react'
import { KEPT_LOADS, useLoadHistory } from '../../app/load-history.ts'
import { useMethod } from '../../client/use-method.ts'
import { DevicesList, SelfTestButton } from '../../components/devices-list.tsx'
import { formatBytes, formatShare } from '../../components/format.ts'
import { PaneHead, Section } from '../../components/pane.tsx'
import { Sparkline } from '../../components/sparkline.tsx'
import styles from './activity.module.css'

/** What this machine is busy with, and what it computes with. */
export function MachinePanel(): ReactElement {
  const loads = useLoadHistory((state) => state.loads)
  const { data: info } = useMethod('app.info', {})
  const latest = loads.at(-1)
  return (
    <>
      <PaneHead title="Machine" end="last 15 min" line />
      {info === undefined || latest === undefined ? undefined : (
        <>
          <Section label="Processor">
            <p className={styles['measure']}>
              <b>Processor</b>
              <span>{formatShare(latest.cpu)}</span>
            </p>
            <Sparkline label={`Processor: ${formatShare(latest.cpu)} of all cores now`} values={loads.map(({ cpu }) => cpu)} room={KEPT_LOADS} />
            <p className={styles['quiet']}>Millrace alone, of {info.threads} threads</p>
          </Section>
          <Section label="Memory">
            <p className={styles['measure']}>
              <b>Memory</b>
              <span>
                {formatBytes(latest.residentBytes)} <small>of {formatBytes(info.memoryBytes)} allowed</small>
              </span>
            </p>
            <Sparkline
              label={`Memory: ${formatBytes(latest.residentBytes)} of ${formatBytes(info.memoryBytes)} now`}
              values={loads.map(({ residentBytes }) => residentBytes / info.memoryBytes)}
              room={KEPT_LOADS}
            />
            <p className={styles['quiet']}>
              The machine has {formatBytes(info.machineMemoryBytes)}, {formatBytes(latest.freeMemoryBytes)} are free
            </p>
          </Section>
        </>
      )}
      <Section label="Devices">
        <div className={styles['devices']}>
          <h3>Devices</h3>
          <SelfTestButton />
        </div>
        <DevicesList />
      </Section>
    </>
  )
}
