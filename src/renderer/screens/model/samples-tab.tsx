import { Select } from '@mantine/core'
import { Rows3 } from 'lucide-react'
import { useMemo, useState, type ReactElement } from 'react'
import type { MethodInput } from '#shared/contract/index.ts'
import type { SampleRows } from '#shared/domain/prediction.ts'
import { useProject } from '../../app/project.ts'
import { useMethod } from '../../client/use-method.ts'
import { cellText } from '../../components/cell-text.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { formatCount, formatNumber, formatScore } from '../../components/format.ts'
import { TableSkeleton } from '../../components/skeletons.tsx'
import { DataTable, type TableColumn } from '../../components/table/data-table.tsx'
import { Tag } from '../../components/tag.tsx'
import styles from './model.module.css'

type Order = NonNullable<MethodInput<'models.samples'>['order']>
type Column = SampleRows['truth']
type SampleRow = { readonly at: number }

const LIMIT = 200

const ORDERS: readonly { readonly value: Order; readonly label: string }[] = [
  { value: 'spread', label: 'spread over all rows' },
  { value: 'worst', label: 'the most wrong' },
  { value: 'best', label: 'the most right' },
  { value: 'highest', label: 'the highest predictions' },
  { value: 'lowest', label: 'the lowest predictions' },
]

function cell(column: Column, at: number): string | number | null {
  if (column.numbers !== null) {
    const value = column.numbers[at] ?? Number.NaN
    if (Number.isNaN(value)) return null
    return column.kind === 'moment' && Math.abs(value) <= 8.64e15 ? new Date(value).toISOString().slice(0, 10) : value
  }
  return column.texts?.[at] ?? null
}

function dataColumn(column: Column, prefix: string): TableColumn<SampleRow> {
  const numeric = column.kind === 'number'
  return { id: `${prefix}${column.name}`, title: cellText(column.name, 40), kind: numeric ? 'number' : 'text', width: Math.max(numeric ? 96 : 130, 30 + 7.5 * Math.min(24, column.name.length)), value: ({ at }) => cell(column, at), ...(numeric ? { format: (value: number) => formatNumber(value) } : {}) }
}

function columnsFor({ truth, prediction, probability, scored, columns }: SampleRows): readonly TableColumn<SampleRow>[] {
  const numeric = prediction.kind === 'number'
  const wrong = (at: number): boolean => cell(truth, at) !== cell(prediction, at)
  return [
    { ...dataColumn(truth, 'truth '), title: `True ${cellText(truth.name, 30)}`, fixed: 'left' },
    { ...dataColumn(prediction, 'prediction '), title: 'Predicted', fixed: 'left' },
    ...(numeric
      ? [{ id: 'error', title: 'Off by', kind: 'number', width: 100, fixed: 'left', value: ({ at }: SampleRow) => (truth.numbers?.[at] ?? Number.NaN) - (prediction.numbers?.[at] ?? Number.NaN), format: (value: number) => formatNumber(value) } as const]
      : [{ id: 'right', title: 'Right', width: 84, fixed: 'left', value: ({ at }: SampleRow) => (wrong(at) ? 'wrong' : 'right'), show: ({ at }: SampleRow) => (wrong(at) ? <Tag tone="danger">wrong</Tag> : <Tag tone="success">right</Tag>) } as const]),
    ...(probability === null ? [] : [{ id: 'probability', title: scored === null ? 'Probability' : `p ${cellText(scored, 20)}`, kind: 'number', width: 100, fixed: 'left', value: ({ at }: SampleRow) => probability[at], format: formatScore } as const]),
    ...columns.map((column) => dataColumn(column, 'cell ')),
  ]
}

/** Test rows with what the model says of them and what is true. */
export function SamplesTab({ model, run }: { readonly model: string; readonly run: string | undefined }): ReactElement {
  const project = useProject()
  const [order, setOrder] = useState<Order>('spread')
  const { data, error, refetch } = useMethod('models.samples', { project, model, order, limit: LIMIT, ...(run === undefined ? {} : { run }) }, { keepPrevious: true })
  const samples = data?.samples
  const columns = useMemo(() => (samples === undefined || samples === null ? [] : columnsFor(samples)), [samples])
  const rows = useMemo(() => Array.from({ length: samples?.rows ?? 0 }, (_, at): SampleRow => ({ at })), [samples])
  if (error !== null) return <ErrorNote error={error} retry={() => refetch()} />
  if (data === undefined) return <TableSkeleton rows={12} columns={8} />
  if (samples === null || samples === undefined) {
    return <EmptyState icon={Rows3} title="No test rows are known" text="Where a pipeline evaluates its model on held-out rows, some of them are shown here with what the model says and what is true: the surest way to see how it errs." />
  }
  return (
    <DataTable
      name="Test rows"
      rows={rows}
      columns={columns}
      rowId={({ at }) => String(at)}
      saveAs="test-rows"
      actions={
        <>
          <span className={styles['aside']}>{samples.rows < samples.of ? `of ${formatCount(samples.of)} test rows looked at` : 'all test rows'}</span>
          <Select aria-label="Which test rows" data={ORDERS.map((one) => one)} value={order} allowDeselect={false} onChange={(value) => setOrder(value ?? 'spread')} w={190} />
        </>
      }
    />
  )
}
