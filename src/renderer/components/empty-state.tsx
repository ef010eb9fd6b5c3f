import type { LucideIcon } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { CommandLine } from './command-line.tsx'
import styles from './empty-state.module.css'

/** Says what will be here, why it helps, and how to get it: one button, and the same as a command. */
export function EmptyState({ icon: Icon, title, text, action, command }: { readonly icon: LucideIcon; readonly title: string; readonly text: ReactNode; readonly action?: ReactNode; readonly command?: string }): ReactElement {
  return (
    <div className={styles['empty']}>
      <svg className={styles['water']} viewBox="0 0 112 20" aria-hidden="true">
        <path d="M2 8c9-7 15-7 24 0s15 7 24 0 15-7 24 0 15 7 24 0 9-5 12-6" />
        <path className={styles['far'] ?? ''} d="M2 16c9-7 15-7 24 0s15 7 24 0 15-7 24 0 15 7 24 0 9-5 12-6" />
      </svg>
      <Icon className={styles['icon'] ?? ''} size={24} />
      <h2>{title}</h2>
      <p>{text}</p>
      {action === undefined ? undefined : <div className={styles['actions']}>{action}</div>}
      {command === undefined ? undefined : (
        <div className={styles['command']}>
          <span>or on the command line</span>
          <CommandLine command={command} />
        </div>
      )}
    </div>
  )
}
