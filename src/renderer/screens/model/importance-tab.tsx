import type { Data, Layout } from 'plotly.js'
import { useMemo, type ReactElement } from 'react'
import type { EvaluationReport } from '#shared/domain/evaluation.ts'
import type { ModelAbout } from '#shared/domain/model.ts'
import { useProject } from '../../app/project.ts'
import { useMethod } from '../../client/use-method.ts'
import { ErrorNote } from '../../components/error-note.tsx'
import { formatCount } from '../../components/format.ts'
import { Plot } from '../../components/plot/plot.tsx'
import { PlotSkeleton } from '../../components/skeletons.tsx'
import { PlotBox } from './quality/plot-box.tsx'
import styles from './model.module.css'

/** Bars drawn at most; the tables have all. */
const BARS = 20
const ROW = 24
const FRAME = 56

function barLayout(title: string): Partial<Layout> {
  return { showlegend: false, xaxis: { title: { text: title }, showgrid: true, zeroline: true }, yaxis: { type: 'category', autorange: 'reversed', showgrid: false, dtick: 1 }, margin: { l: 120, r: 20, t: 4, b: 38 }, bargap: 0.45 }
}

function Shuffled({ importance }: { readonly importance: NonNullable<EvaluationReport['importance']> }): ReactElement {
  const { label, rows, repeats, columns } = importance
  const shown = useMemo(() => columns.slice(0, BARS), [columns])
  const data = useMemo(
    (): Data[] => [
      {
        type: 'bar', orientation: 'h', x: shown.map(({ drop }) => drop), y: shown.map(({ column }) => column), marker: { color: 'var(--mr-cat-1)' },
        error_x: { type: 'data', array: shown.map(({ deviation }) => 2 * deviation), color: 'var(--mr-text-2)', thickness: 1.25, width: 0 },
        hovertemplate: '%{x:.4f}<extra></extra>',
      },
    ],
    [shown],
  )
  const layout = useMemo(() => barLayout(`${label} lost when the column is shuffled`), [label])
  const csv = useMemo(() => [{ name: 'column', values: columns.map(({ column }) => column) }, { name: `${label} lost`, values: columns.map(({ drop }) => drop) }, { name: 'standard deviation', values: columns.map(({ deviation }) => deviation) }], [columns, label])
  return (
    <PlotBox title="On test rows" note={`${formatCount(rows)} rows, ${String(repeats)} shuffles, lines are ± 2 standard deviations`}>
      <Plot name={`Column by ${label} lost when it is shuffled`} data={data} layout={layout} height={FRAME + ROW * shown.length} csv={csv} />
      <p className={styles['quiet']}>The cells of one column are shuffled among the rows, and the model is asked again: what it loses is what it needed the column for. Columns that say the same stand in for each other, and then each seems to matter little.</p>
    </PlotBox>
  )
}

function OwnAccount({ importance }: { readonly importance: ModelAbout['importance'] }): ReactElement {
  const shown = useMemo(() => importance.slice(0, BARS), [importance])
  const data = useMemo((): Data[] => [{ type: 'bar', orientation: 'h', x: shown.map(({ value }) => value * 100), y: shown.map(({ column }) => column), marker: { color: 'var(--mr-plot-mute)' }, hovertemplate: '%{x:.1f} %<extra></extra>' }], [shown])
  const layout = useMemo((): Partial<Layout> => {
    const { xaxis, ...rest } = barLayout('Share in what the model says')
    return { ...rest, xaxis: { ...xaxis, ticksuffix: ' %', rangemode: 'tozero' } }
  }, [])
  const csv = useMemo(() => [{ name: 'column', values: importance.map(({ column }) => column) }, { name: 'share', values: importance.map(({ value }) => value) }], [importance])
  return (
    <PlotBox title="By the model’s own account" note="learnt from training rows; shares add up to 1">
      <Plot name="Column by its share in what the model says" data={data} layout={layout} height={FRAME + ROW * shown.length} csv={csv} />
      <p className={styles['quiet']}>What the learner tells of itself: the gain of its splits, or the size of its coefficients. It says nothing about rows that it has not seen.</p>
    </PlotBox>
  )
}

function Account({ model }: { readonly model: string }): ReactElement {
  const project = useProject()
  const { data, error, refetch } = useMethod('models.show', { project, model })
  if (error !== null) return <ErrorNote error={error} retry={() => refetch()} />
  if (data === undefined) return <PlotSkeleton height={FRAME + ROW * 10} />
  if (data.about.importance.length > 0) return <OwnAccount importance={data.about.importance} />
  return (
    <section>
      <h2>By the model’s own account</h2>
      <p className={styles['quiet']}>Its learner tells nothing of itself.</p>
    </section>
  )
}

/** Which columns matter, measured on test rows and by the model's own account, each named as what it is. */
export function ImportanceTab({ model, report }: { readonly model: string; readonly report: EvaluationReport | undefined }): ReactElement {
  const shuffled = report?.importance
  return (
    <div className={styles['pair']}>
      {shuffled === undefined ? (
        <section>
          <h2>On test rows</h2>
          <p className={styles['quiet']}>{report === undefined ? 'This model was not evaluated.' : 'The evaluation did not measure it: it was turned off, or made by an earlier version. Run the pipeline again.'}</p>
        </section>
      ) : (
        <Shuffled importance={shuffled} />
      )}
      <Account model={model} />
    </div>
  )
}
