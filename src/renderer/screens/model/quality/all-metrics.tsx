import { useMemo, type ReactElement } from 'react'
import type { EvaluationReport } from '#shared/domain/evaluation.ts'
import { metricName } from '#shared/domain/metric-names.ts'
import { formatScore } from '../../../components/format.ts'
import { DataTable, type TableColumn } from '../../../components/table/data-table.tsx'
import { TableMenu } from '../../../components/table/table-menu.tsx'
import { PlotBox } from './plot-box.tsx'
import styles from './quality.module.css'

type Row = { readonly id: string; readonly value: number; readonly low: number | undefined; readonly high: number | undefined; readonly baseline: number | undefined }

const columns: readonly TableColumn<Row>[] = [
  { id: 'metric', title: 'Metric', value: ({ id }) => metricName(id).label },
  { id: 'value', title: 'Value', kind: 'number', width: 78, value: ({ value }) => value, format: formatScore },
  { id: 'low', title: '95 % from', kind: 'number', width: 88, value: ({ low }) => low, format: formatScore },
  { id: 'high', title: '95 % to', kind: 'number', width: 78, value: ({ high }) => high, format: formatScore },
  { id: 'baseline', title: 'Baseline', kind: 'number', width: 78, value: ({ baseline }) => baseline, format: formatScore },
  { id: 'better', title: 'Better is', width: 76, value: ({ id }) => (metricName(id).greaterIsBetter ? 'more' : 'less') },
]

/** Every metric of the evaluation with its interval and what the baseline gets. */
export function AllMetrics({ report }: { readonly report: EvaluationReport }): ReactElement {
  const rows = useMemo(() => Object.entries(report.metrics).map(([id, value]): Row => ({ id, value, low: report.intervals[id]?.low, high: report.intervals[id]?.high, baseline: report.baseline.metrics[id] })), [report])
  return (
    <PlotBox title="All metrics" note={`on ${report.rows.toLocaleString('en-US')} test rows; baseline: ${report.baseline.description}`} width="double" end={<TableMenu name="Metrics" rows={rows} columns={columns} saveAs="metrics" />}>
      <div className={styles['classes']}>
        <DataTable name="Metrics" rows={rows} columns={columns} rowId={({ id }) => id} toolbar={false} height={40 + 29 * rows.length} />
      </div>
    </PlotBox>
  )
}
