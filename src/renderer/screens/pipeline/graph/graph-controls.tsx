import { ActionIcon, Button } from '@mantine/core'
import { useReactFlow } from '@xyflow/react'
import { LayoutDashboard, Maximize, Minus, Plus } from 'lucide-react'
import type { ReactElement } from 'react'
import styles from './graph.module.css'

/** What lies over the graph: the way to a new step, and how much of it is seen. */
export function GraphControls({ editable, onAdd, onFit, onTidy }: { readonly editable: boolean; onAdd(): void; onFit(): void; onTidy(): void }): ReactElement {
  const { zoomIn, zoomOut } = useReactFlow()
  return (
    <>
      <Button className={styles['add'] ?? ''} variant="default" leftSection={<Plus size={14} />} rightSection={<kbd>A</kbd>} disabled={!editable} onClick={onAdd}>
        Add step
      </Button>
      <div className={styles['controls']}>
        <Control label="Zoom in" icon={<Plus size={16} />} onClick={() => void zoomIn({ duration: 90 })} />
        <Control label="Zoom out" icon={<Minus size={16} />} onClick={() => void zoomOut({ duration: 90 })} />
        <Control label="Fit (F)" icon={<Maximize size={16} />} onClick={onFit} />
        <Control label="Tidy (L)" icon={<LayoutDashboard size={16} />} onClick={onTidy} />
      </div>
    </>
  )
}

function Control({ label, icon, onClick }: { readonly label: string; readonly icon: ReactElement; onClick(): void }): ReactElement {
  return (
    <ActionIcon aria-label={label} title={label} onClick={onClick}>
      {icon}
    </ActionIcon>
  )
}
