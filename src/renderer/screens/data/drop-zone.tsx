import { FileDown } from 'lucide-react'
import { useRef, useState, type DragEvent, type ReactElement, type ReactNode } from 'react'
import { useDroppedFiles } from '../../components/file-picker/use-dropped-files.ts'
import { toast } from '../../components/toast.tsx'
import styles from './drop-zone.module.css'

/** Takes files that are dropped on what it holds. */
export function DropZone({ onFiles, children }: { onFiles(paths: readonly string[]): void; readonly children: ReactNode }): ReactElement {
  const { take, sending } = useDroppedFiles()
  const [over, setOver] = useState(false)
  const depth = useRef(0)
  const holdsFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer.types.includes('Files')
  const drop = async (event: DragEvent): Promise<void> => {
    try {
      const paths = await take(event.dataTransfer.files)
      if (paths.length > 0) onFiles(paths)
    } catch (error) {
      toast.failure(error)
    }
  }
  return (
    <div
      className={styles['zone']}
      onDragEnter={(event) => {
        if (!holdsFiles(event)) return
        depth.current += 1
        setOver(true)
      }}
      onDragLeave={() => {
        depth.current = Math.max(0, depth.current - 1)
        if (depth.current === 0) setOver(false)
      }}
      onDragOver={(event) => {
        if (holdsFiles(event)) event.preventDefault()
      }}
      onDrop={(event) => {
        if (!holdsFiles(event)) return
        event.preventDefault()
        depth.current = 0
        setOver(false)
        void drop(event)
      }}
    >
      {children}
      {over || sending !== undefined ? (
        <div className={styles['over']} role="status">
          <FileDown size={24} />
          {sending === undefined ? 'Drop files to read them' : `Sending ${sending}`}
        </div>
      ) : undefined}
    </div>
  )
}
