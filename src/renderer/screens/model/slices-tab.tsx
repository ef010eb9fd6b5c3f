import { Checkbox } from '@mantine/core'
import { Blocks, TriangleAlert } from 'lucide-react'
import { useMemo, useState, type ReactElement } from 'react'
import type { EvaluationReport, Slice } from '#shared/domain/evaluation.ts'
import { metricName } from '#shared/domain/metric-names.ts'
import { cellText } from '../../components/cell-text.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { formatCount, formatNumber, formatScore, formatShare } from '../../components/format.ts'
import { IntervalLine } from '../../components/interval-line.tsx'
import { scaleTitle } from '../../components/scale-title.ts'
import { DataTable, type TableColumn } from '../../components/table/data-table.tsx'
import { Tag } from '../../components/tag.tsx'
import { sliceValue } from './slice-value.ts'
import styles from './model.module.css'

function scaleOf(slices: readonly Slice[], overall: number | undefined): readonly [number, number] {
  const ends = slices.flatMap(({ score, interval }) => (score === undefined ? [] : [interval?.low ?? score, interval?.high ?? score]))
  const all = overall === undefined ? ends : [...ends, overall]
  return all.length === 0 ? [0, 1] : [Math.min(...all), Math.max(...all)]
}

function columnsFor({ primary, goal, detail, slices }: EvaluationReport): readonly TableColumn<Slice>[] {
  const scale = scaleOf(slices, primary.value)
  const share = goal.task !== 'regression'
  const [, positive] = detail.kind === 'classification' ? detail.classes : []
  const target = goal.task === 'binary-classification' ? (positive?.name ?? goal.target) : goal.task === 'regression' ? `mean ${goal.target}` : 'most frequent class'
  return [
    { id: 'column', title: 'Column', value: ({ column }) => column },
    { id: 'value', title: 'Value', value: ({ value }) => value, show: ({ value, worse }) => <span className={styles['value']}>{sliceValue(value)}{worse ? <Tag tone="danger" icon={<TriangleAlert size={11} />}>worse</Tag> : undefined}</span> },
    { id: 'rows', title: 'Rows', kind: 'number', width: 90, value: ({ rows }) => rows, format: formatCount },
    { id: 'target', title: cellText(target, 24), kind: 'number', width: 110, value: ({ target: own }) => own, format: (own) => (share ? formatShare(own) : formatNumber(own)) },
    { id: 'line', title: scaleTitle(scale), width: 200, data: false, value: () => null, show: ({ score, interval, worse }) => (score === undefined ? undefined : <IntervalLine value={score} low={interval?.low} high={interval?.high} scale={scale} reference={primary.value} tone={worse ? 'accent' : 'muted'} label={`${primary.label} ${formatScore(score)}, all rows ${formatScore(primary.value)}`} />) },
    { id: 'score', title: metricName(primary.metric).short, kind: 'number', width: 88, value: ({ score }) => score, format: formatScore },
    { id: 'low', title: '95 % from', kind: 'number', width: 92, wide: true, value: ({ interval }) => interval?.low, format: formatScore },
    { id: 'high', title: '95 % to', kind: 'number', width: 92, wide: true, value: ({ interval }) => interval?.high, format: formatScore },
  ]
}

/** The primary metric on parts of the test rows; parts that are worse beyond doubt are marked. */
export function SlicesTab({ report }: { readonly report: EvaluationReport }): ReactElement {
  const [onlyWorse, setOnlyWorse] = useState(false)
  const columns = useMemo(() => columnsFor(report), [report])
  const rows = useMemo(() => (onlyWorse ? report.slices.filter(({ worse }) => worse) : report.slices), [report, onlyWorse])
  const worse = report.slices.filter((slice) => slice.worse).length
  if (report.slices.length === 0) {
    return <EmptyState icon={Blocks} title="No parts were looked at" text="Where an evaluation looks at parts of the test rows, one value of a column at a time, they are listed here with their scores, so that a model that fails some of them is seen." command="slices: auto   # of the step evaluate/report" />
  }
  return (
    <DataTable
      name="Slices"
      rows={rows}
      columns={columns}
      rowId={({ column, value }) => `${column}\n${value}`}
      saveAs="slices"
      actions={
        <>
          <span className={styles['aside']}>dashed line = all rows, {formatScore(report.primary.value)}</span>
          <Checkbox label={`Only the ${String(worse)} that are worse`} checked={onlyWorse} disabled={worse === 0} onChange={({ currentTarget }) => setOnlyWorse(currentTarget.checked)} />
        </>
      }
    />
  )
}
