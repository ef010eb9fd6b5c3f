import { useMemo, type ReactElement } from 'react'
import type { DeploymentChange } from '#shared/contract/deployments.ts'
import { estimatorName } from '../../components/estimator-name.ts'
import { formatDuration, formatMoment, formatScore, NONE } from '../../components/format.ts'
import { DataTable, type TableColumn } from '../../components/table/data-table.tsx'
import { TableMenu } from '../../components/table/table-menu.tsx'
import { Tag } from '../../components/tag.tsx'
import styles from './deployments.module.css'

const HOW: Readonly<Record<DeploymentChange['how'], string>> = { run: 'run', deployed: 'by hand', 'rolled back': 'rolled back', removed: 'taken away' }

function State({ change }: { readonly change: DeploymentChange }): ReactElement | null {
  if (change.how === 'removed') return <Tag>removed</Tag>
  if (change.until === null) return <Tag tone="success">serving</Tag>
  return change.served === null ? <Tag tone="warning">model deleted</Tag> : null
}

const columns: readonly TableColumn<DeploymentChange>[] = [
  { id: 'model', title: 'Model', width: 144, value: ({ model, until, how, served }) => `${model ?? ''} ${how === 'removed' ? 'removed' : until === null ? 'serving' : served === null ? 'model deleted' : ''}`.trim(), show: (change) => <span className={styles['served']}><b>{change.model ?? NONE}</b><State change={change} /></span> },
  { id: 'how', title: 'How', width: 92, value: ({ how, run }) => `${HOW[how]}${run === null ? '' : ` ${run}`}` },
  { id: 'estimator', title: 'Estimator', wide: true, value: ({ served }) => (served === null ? null : estimatorName(served.estimator)) },
  { id: 'score', title: 'Score', unit: 'test', kind: 'number', width: 88, value: ({ served }) => served?.score?.value, format: formatScore },
  { id: 'at', title: 'From', kind: 'number', width: 104, value: ({ at }) => at, format: (at) => formatMoment(at) },
  { id: 'lasted', title: 'Lasted', kind: 'number', width: 96, wide: true, value: ({ at, until }) => (until === null ? null : (until - at) / 1000), format: formatDuration },
]

const HEAD = 38
const ROW = 29
const MOST = 12

/** What a deployment served, the latest first. */
export function HistoryTable({ history }: { readonly history: readonly DeploymentChange[] }): ReactElement {
  const rows = useMemo(() => history.filter(({ how }, index) => how !== 'removed' || index > 0), [history])
  return (
    <section aria-label="History" className={styles['history']}>
      <div className={styles['title']}>
        <h2>What it served</h2>
        <TableMenu name="History" rows={rows} columns={columns} saveAs="deployment-history" />
      </div>
      <DataTable name="History" rows={rows} columns={columns} rowId={({ at, how }) => `${String(at)} ${how}`} height={HEAD + ROW * Math.min(MOST, rows.length) + 4} toolbar={false} />
    </section>
  )
}
