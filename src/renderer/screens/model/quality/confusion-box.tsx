import type { Data, Layout } from 'plotly.js'
import { useMemo, type ReactElement } from 'react'
import type { EvaluationReport } from '#shared/domain/evaluation.ts'
import { cellText } from '../../../components/cell-text.ts'
import { formatCount, formatScore } from '../../../components/format.ts'
import { Plot } from '../../../components/plot/plot.tsx'
import { DataTable, type TableColumn } from '../../../components/table/data-table.tsx'
import { TableMenu } from '../../../components/table/table-menu.tsx'
import { PlotBox } from './plot-box.tsx'
import styles from './quality.module.css'

type Classification = Extract<EvaluationReport['detail'], { kind: 'classification' }>
type ClassRow = { readonly name: string; readonly trainingRows: number; readonly testRows: number; readonly precision: number | null; readonly recall: number | null }

/** Classes whose numbers stand in the cells; with more there is no room. */
const LETTERED = 12
const CELL = 34
/** More classes than this have a filter. */
const FILTERED = 10
const FRAME = 90

function classRows({ classes, confusion }: Classification): readonly ClassRow[] {
  return classes.map(({ name, trainingRows, testRows }, index) => {
    const hits = confusion[index]?.[index] ?? 0
    const called = confusion.reduce((sum, line) => sum + (line[index] ?? 0), 0)
    return { name, trainingRows, testRows, precision: called === 0 ? null : hits / called, recall: testRows === 0 ? null : hits / testRows }
  })
}

const columns: readonly TableColumn<ClassRow>[] = [
  { id: 'name', title: 'Class', value: ({ name }) => name },
  { id: 'training', title: 'Training rows', kind: 'number', width: 110, value: ({ trainingRows }) => trainingRows, format: formatCount },
  { id: 'test', title: 'Test rows', kind: 'number', width: 90, value: ({ testRows }) => testRows, format: formatCount },
  { id: 'precision', title: 'Precision', kind: 'number', width: 90, value: ({ precision }) => precision, format: formatScore },
  { id: 'recall', title: 'Recall', kind: 'number', width: 80, value: ({ recall }) => recall, format: formatScore },
]

/** Rows by true and predicted class as a map, each line adding up to one, and the classes one by one. */
export function ConfusionBox({ detail }: { readonly detail: Classification }): ReactElement {
  const names = useMemo(() => detail.classes.map(({ name }) => name), [detail])
  const shares = useMemo(
    () =>
      detail.confusion.map((line) => {
        const total = line.reduce((sum, rows) => sum + rows, 0)
        return line.map((rows) => (total === 0 ? 0 : rows / total))
      }),
    [detail],
  )
  const data = useMemo(
    () =>
      [
        {
          type: 'heatmap', z: shares, x: names, y: names, zmin: 0, zmax: 1, showscale: names.length > LETTERED, text: detail.confusion.map((line) => line.map(formatCount)),
          ...(names.length > LETTERED ? {} : { texttemplate: '%{text}' }), xgap: 2, ygap: 2,
          colorscale: [[0, 'var(--mr-seq-1)'], [0.25, 'var(--mr-seq-2)'], [0.5, 'var(--mr-seq-3)'], [0.75, 'var(--mr-seq-4)'], [1, 'var(--mr-seq-5)']],
          hovertemplate: 'is %{y}, predicted %{x}: %{text} rows, %{z:.0%} of its class<extra></extra>',
        },
      ] as unknown as Data[],
    [shares, names, detail],
  )
  const layout = useMemo((): Partial<Layout> => ({ xaxis: { title: { text: 'Predicted class' }, type: 'category', showgrid: false }, yaxis: { title: { text: 'True class' }, type: 'category', autorange: 'reversed', showgrid: false }, margin: { l: 60, r: 14, t: 6, b: 40 } }), [])
  const csv = useMemo(() => {
    const cells = detail.confusion.flatMap((line, truth) => line.map((rows, guess) => ({ truth: names[truth] ?? '', guess: names[guess] ?? '', rows })))
    return [{ name: 'true class', values: cells.map(({ truth }) => cellText(truth)) }, { name: 'predicted class', values: cells.map(({ guess }) => cellText(guess)) }, { name: 'rows', values: cells.map(({ rows }) => rows) }]
  }, [detail, names])
  const rows = useMemo(() => classRows(detail), [detail])
  return (
    <>
      <PlotBox title="Right and wrong" note="rows; colour by share of the true class" width={names.length > 6 ? 'wide' : 'double'}>
        <Plot name="True class by predicted class" data={data} layout={layout} height={Math.min(520, FRAME + CELL * Math.max(4, names.length))} csv={csv} />
      </PlotBox>
      <PlotBox title="Class by class" width={names.length > 6 ? 'wide' : 'double'} end={names.length > FILTERED ? undefined : <TableMenu name="Classes" rows={rows} columns={columns} saveAs="classes" />}>
        <div className={styles['classes']}>
          <DataTable name="Classes" rows={rows} columns={columns} rowId={({ name }) => name} saveAs="classes" toolbar={names.length > FILTERED} height={Math.min(420, 40 + 29 * rows.length + (names.length > FILTERED ? 40 : 0))} />
        </div>
      </PlotBox>
    </>
  )
}
