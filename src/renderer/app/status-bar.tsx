import type { ReactElement } from 'react'
import type { ShellInfo } from '#shared/shell-info.ts'
import { Icon } from '../components/icon.tsx'

/** The quiet line at the bottom: privacy, version, and what the page runs in. */
export function StatusBar({ version, shell }: { version: string; shell: ShellInfo | undefined }): ReactElement {
  return (
    <footer className="status-bar">
      <span>
        <Icon name="lock" />
        Local: nothing leaves this machine
      </span>
      <span className="end">{shell === undefined ? 'In a browser' : `Electron ${shell.electron}`}</span>
      <span>Millrace {version}</span>
    </footer>
  )
}
