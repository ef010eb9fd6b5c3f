import { Info, OctagonAlert, TriangleAlert, type LucideIcon } from 'lucide-react'
import type { ReactElement } from 'react'
import { cellText } from '../../components/cell-text.ts'
import type { ShownFinding } from './findings.ts'
import styles from './finding-list.module.css'

const ICONS: Readonly<Record<ShownFinding['severity'], LucideIcon>> = { danger: OctagonAlert, warning: TriangleAlert, info: Info }
const WORDS: Readonly<Record<ShownFinding['severity'], string>> = { danger: 'Misleads a model', warning: 'Wants a look', info: 'Good to know' }

/** Findings with their advice; the names of columns lead to them. */
export function FindingList({ findings, onColumn }: { readonly findings: readonly ShownFinding[]; onColumn?(column: string): void }): ReactElement {
  return (
    <ul className={styles['list']}>
      {findings.map(({ key, severity, message, advice, columns }) => {
        const Icon = ICONS[severity]
        return (
          <li key={key}>
            <Icon size={16} className={styles[severity] ?? ''} aria-label={WORDS[severity]} />
            <div>
              <p className={styles['message']}>{cellText(message, 600)}</p>
              {advice === undefined ? undefined : <p className={styles['advice']}>{cellText(advice, 600)}</p>}
              {onColumn === undefined || columns.length === 0 ? undefined : (
                <p className={styles['columns']}>
                  {columns.slice(0, 6).map((column) => (
                    <button key={column} type="button" onClick={() => onColumn(column)}>{cellText(column, 40)}</button>
                  ))}
                  {columns.length > 6 ? ` and ${String(columns.length - 6)} more` : ''}
                </p>
              )}
            </div>
          </li>
        )
      })}
    </ul>
  )
}
