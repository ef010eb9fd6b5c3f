import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useMethod } from '../../client/use-method.ts'
import { BACKEND_NAMES } from '../../components/devices-list.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { formatBytes, plural } from '../../components/format.ts'
import { KeyValues } from '../../components/pane.tsx'
import { TextSkeleton } from '../../components/skeletons.tsx'
import { Panel } from './panel.tsx'
import styles from './devices-panel.module.css'

/** Slower ways of the processor, of which only Settings speaks. */
const FALLBACKS: ReadonlySet<string> = new Set(['wasm-simd', 'cpu'])

/** What this machine computes with, and why. */
export function DevicesPanel(): ReactElement {
  const devices = useMethod('devices.list', {})
  if (devices.error !== null) return <Panel title="Devices" divided><ErrorNote error={devices.error} retry={() => devices.refetch()} /></Panel>
  const chosen = devices.data?.backends.find(({ id }) => id === devices.data.chosen)
  const device = chosen?.devices[0]
  const others = devices.data?.backends.filter(({ id }) => id !== chosen?.id && !FALLBACKS.has(id)) ?? []
  return (
    <Panel title="Devices" divided end={<Link to="/settings" search={{ section: 'devices' }} className={styles['details']}>Details</Link>}>
      {devices.data === undefined ? (
        <TextSkeleton lines={3} />
      ) : (
        <KeyValues
          items={[
            ['In use', chosen === undefined ? 'nothing passed its self-test' : `${device?.name ?? ''} · ${BACKEND_NAMES[chosen.id]}`],
            ['Self-test', chosen === undefined ? 'failed' : chosen.selfTest],
            ...(device === undefined ? [] : [['May use', [device.threads === 0 ? '' : plural(device.threads, 'thread'), device.memoryBytes === null ? '' : formatBytes(device.memoryBytes)].filter((part) => part !== '').join(', ')] as const]),
            ...others.map(({ id, available, selfTest, reason, nextStep }) => [BACKEND_NAMES[id], <span key={id} className={styles['other']} title={`${reason} ${nextStep}`.trim()}>{available ? `self-test ${selfTest}` : selfTest === 'failed' ? 'does not work' : 'not available'}</span>] as const),
          ]}
        />
      )}
    </Panel>
  )
}
