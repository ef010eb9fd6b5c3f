import type { ReactElement } from 'react'
import { useMethod } from '../../client/use-method.ts'
import { ErrorNote } from '../../components/error-note.tsx'
import { formatBytes } from '../../components/format.ts'
import { TextSkeleton } from '../../components/skeletons.tsx'
import { Panel } from './panel.tsx'
import styles from './disk-panel.module.css'

/** What the disk of the open project is spent on. */
export function DiskPanel({ project }: { readonly project: string }): ReactElement {
  const disk = useMethod('projects.disk', { project })
  const name = project.split(/[\\/]/).at(-1) ?? project
  if (disk.error !== null) return <Panel title={`${name}, on disk`} divided><ErrorNote error={disk.error} /></Panel>
  const parts = disk.data?.parts.filter(({ bytes }) => bytes > 0) ?? []
  return (
    <Panel title={`${name}, on disk`} sub={formatBytes(disk.data?.bytes)} divided>
      {disk.data === undefined ? <TextSkeleton lines={6} /> : undefined}
      <div className={styles['bar']} aria-hidden="true">
        {parts.map(({ part, bytes }, index) => (
          <i key={part} style={{ flexGrow: bytes, background: `var(--mr-cat-${String((index % 8) + 1)})` }} />
        ))}
      </div>
      <dl className={styles['parts']}>
        {parts.map(({ part, bytes }, index) => (
          <div key={part}>
            <dt><i style={{ background: `var(--mr-cat-${String((index % 8) + 1)})` }} />{part}</dt>
            <dd>{formatBytes(bytes)}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  )
}
