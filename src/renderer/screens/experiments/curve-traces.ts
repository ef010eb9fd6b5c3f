import type { Data } from 'plotly.js'
import type { MethodOutput } from '#shared/contract/index.ts'
import type { CsvColumn } from '../../components/csv.ts'
import { formatNumber } from '../../components/format.ts'
import { bandColor } from '../../components/plot/token-colors.ts'
import { COLORED, runColor } from './run-colors.ts'

/** The curves of one run and its place among those shown, which gives its colour. */
export type RunCurves = { readonly run: string; readonly name: string; readonly place: number; readonly curves: MethodOutput<'runs.curves'> }

type Trace = Data

/** The loss that most of the curves are of: others cannot share its axis. */
function commonLoss(curves: readonly RunCurves[]): string {
  const counts = new Map<string, number>()
  for (const { loss } of curves.flatMap(({ curves: { iterations } }) => iterations)) counts.set(loss, (counts.get(loss) ?? 0) + 1)
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? ''
}

function last<T>(values: readonly (T | null)[]): number {
  return values.findLastIndex((value) => value !== null)
}

/** Training dashed, validation solid, with a dot at the best round, or at the end while it goes on. */
export function curveTraces(curves: readonly RunCurves[]): { readonly loss: string; readonly traces: readonly Trace[] } {
  const loss = commonLoss(curves)
  const traces = curves.flatMap(({ name, place, curves: { iterations, live } }) =>
    iterations
      .filter((curve) => curve.loss === loss)
      .flatMap((curve, index): Trace[] => {
        const color = runColor(place)
        const title = iterations.length > 1 ? `${name}, ${curve.learner}` : name
        const line = (part: 'training' | 'validation'): Trace => ({
          type: 'scatter', mode: 'lines', name: `${title}, ${part}`, x: [...curve.iterations], y: [...curve[part]], connectgaps: false,
          line: { color, dash: part === 'training' ? 'dash' : 'solid', width: index === 0 ? 1.75 : 1.25 },
          hovertemplate: `round %{x}: %{y:.4f}<extra>${part}</extra>`,
        })
        const at = live ? last(curve.validation) : curve.iterations.indexOf(curve.best ?? -1)
        const value = curve.validation[at]
        const mark: Trace[] = value === undefined || value === null ? [] : [{ type: 'scatter', mode: 'markers+text', showlegend: false, x: [curve.iterations[at] ?? 0], y: [value], marker: { color, size: 9 }, text: [live ? `round ${String(curve.iterations[at] ?? 0)}` : `best at ${String(curve.best ?? 0)}: ${formatNumber(value, 3)}`], textposition: 'top center', textfont: { size: 11 }, hoverinfo: 'skip', cliponaxis: false }]
        const parts = (['training', 'validation'] as const).filter((part) => curve[part].some((one) => one !== null))
        return [...parts.map(line), ...mark]
      }),
  )
  return { loss: loss.slice(0, 1).toUpperCase() + loss.slice(1), traces }
}

/** The numbers behind the curves by round. */
export function roundCsv(curves: readonly RunCurves[], loss: string): readonly CsvColumn[] {
  const rows = curves.flatMap(({ run, curves: { iterations } }) => iterations.flatMap((curve) => curve.iterations.map((round, at) => ({ run, learner: curve.learner, round, training: curve.training[at] ?? null, validation: curve.validation[at] ?? null }))))
  return [
    { name: 'run', values: rows.map(({ run }) => run) },
    { name: 'learner', values: rows.map(({ learner }) => learner) },
    { name: 'round', values: rows.map(({ round }) => round) },
    { name: `${loss} training`, values: rows.map(({ training }) => training) },
    { name: `${loss} validation`, values: rows.map(({ validation }) => validation) },
  ]
}

/** The score on unseen rows (solid, with its deviation) and on the rows learnt from (dashed) by their number. */
export function rowCurveTraces(curves: readonly RunCurves[]): readonly Trace[] {
  return curves.flatMap(({ name, place, curves: { byRows } }): Trace[] => {
    const color = runColor(place)
    const x = byRows.map(({ rows }) => rows)
    const band: Trace[] = place < COLORED ? [{ type: 'scatter', mode: 'lines', showlegend: false, hoverinfo: 'skip', x: [...x, ...x.toReversed()], y: [...byRows.map(({ validation }) => validation.mean + validation.deviation), ...byRows.map(({ validation }) => validation.mean - validation.deviation).toReversed()], fill: 'toself', fillcolor: bandColor(`cat-${String(place + 1)}`), line: { width: 0, color: 'rgba(0, 0, 0, 0)' } }] : []
    const lines: Trace[] = [
      { type: 'scatter', mode: 'lines+markers', name: `${name}, unseen rows`, x, y: byRows.map(({ validation }) => validation.mean), line: { color }, marker: { color } },
      { type: 'scatter', mode: 'lines+markers', name: `${name}, rows learnt from`, x, y: byRows.map(({ training }) => training.mean), line: { color, dash: 'dash' }, marker: { color } },
    ]
    return [...band, ...lines]
  })
}

/** The numbers behind the curves by training rows. */
export function rowsCsv(curves: readonly RunCurves[]): readonly CsvColumn[] {
  const rows = curves.flatMap(({ run, curves: { byRows } }) => byRows.map((point) => ({ run, ...point })))
  return [
    { name: 'run', values: rows.map(({ run }) => run) },
    { name: 'rows', values: rows.map((row) => row.rows) },
    { name: 'unseen rows, mean', values: rows.map(({ validation }) => validation.mean) },
    { name: 'unseen rows, deviation', values: rows.map(({ validation }) => validation.deviation) },
    { name: 'rows learnt from, mean', values: rows.map(({ training }) => training.mean) },
  ]
}
