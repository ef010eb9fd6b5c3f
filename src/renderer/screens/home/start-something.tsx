import { Button } from '@mantine/core'
import { ArrowDownToLine, Users, type LucideIcon } from 'lucide-react'
import { useState, type DragEvent, type ReactElement } from 'react'
import { useMethod } from '../../client/use-method.ts'
import { useDroppedFiles } from '../../components/file-picker/use-dropped-files.ts'
import { toast } from '../../components/toast.tsx'
import { Panel } from './panel.tsx'
import styles from './start-something.module.css'

const ICONS: Readonly<Record<string, LucideIcon>> = { churn: Users }

/** What to begin with: a file of one's own, dropped or chosen, or a template with simulated data. */
export function StartSomething({ onTemplate, onData }: { readonly onTemplate: (id: string) => void; readonly onData: (path?: string) => void }): ReactElement {
  const templates = useMethod('projects.templates', {})
  const [over, setOver] = useState(false)
  const { take, sending } = useDroppedFiles()
  const drop = async (event: DragEvent): Promise<void> => {
    event.preventDefault()
    setOver(false)
    try {
      const [path] = await take(event.dataTransfer.files)
      if (path !== undefined) onData(path)
    } catch (error) {
      toast.failure(error)
    }
  }
  return (
    <Panel title="Start something new">
      <div
        className={over ? `${styles['drop'] ?? ''} ${styles['over'] ?? ''}` : styles['drop']}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => void drop(event)}
      >
        <ArrowDownToLine size={20} className={styles['arrow'] ?? ''} />
        <div className={styles['words']}>
          <h3>From my data</h3>
          <p>Drop a CSV, Excel, JSON, Parquet or SQLite file here. Millrace reads it in place and guesses types, encoding and the target.</p>
        </div>
        <Button variant="default" loading={sending !== undefined} onClick={() => onData()}>Choose file</Button>
      </div>
      <ul className={styles['cards']}>
        {templates.data?.templates.map(({ id, title, help, rows }) => {
          const Icon = ICONS[id] ?? Users
          return (
            <li key={id}>
              <button type="button" className={styles['card']} onClick={() => onTemplate(id)}>
                <Icon size={16} className={styles['icon'] ?? ''} />
                <span className={styles['title']}>{title}</span>
                <span className={styles['help']}>{help}</span>
                <span className={styles['sample']}>sample: {rows}, simulated</span>
              </button>
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}
