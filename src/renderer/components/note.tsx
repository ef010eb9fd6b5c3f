import { CircleCheck, Info, OctagonAlert, TriangleAlert, type LucideIcon } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import styles from './note.module.css'

const ICONS: Readonly<Record<string, LucideIcon>> = { info: Info, success: CircleCheck, warning: TriangleAlert, danger: OctagonAlert }

/** A short remark beside what it is about. */
export function Note({ tone = 'info', icon: Icon = ICONS[tone] ?? Info, action, children }: { readonly tone?: 'info' | 'success' | 'warning' | 'danger'; readonly icon?: LucideIcon; readonly action?: ReactNode; readonly children: ReactNode }): ReactElement {
  return (
    <div className={`${styles['note'] ?? ''} ${styles[tone] ?? ''}`}>
      <Icon size={16} />
      <div className={styles['text']}>{children}</div>
      {action}
    </div>
  )
}
