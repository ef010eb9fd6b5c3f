import { Button, NumberInput, Slider } from '@mantine/core'
import type { Data, Layout } from 'plotly.js'
import { useMemo, type ReactElement } from 'react'
import { cellText } from '../../../components/cell-text.ts'
import { formatCount, formatNumber, formatScore, formatShare } from '../../../components/format.ts'
import { MiniHistogram } from '../../../components/mini-histogram.tsx'
import { PaneHead, Section } from '../../../components/pane.tsx'
import { Plot } from '../../../components/plot/plot.tsx'
import { cheapest, costOf, pointAt, precisionOf, probabilityBins, recallOf, USUAL_THRESHOLD, type Costs, type ThresholdPoint, type Thresholds } from './threshold-points.ts'
import styles from './quality.module.css'

type Shape = NonNullable<Layout['shapes']>[number]

const BINS = 50
const COST_HEIGHT = 150
const STEP = 0.01

function rounded(threshold: number): number {
  return Math.round(Math.min(1, Math.max(0, threshold)) * 100) / 100
}

function CostPlot({ thresholds, costs, chosen }: { readonly thresholds: Thresholds; readonly costs: Costs; readonly chosen: ThresholdPoint }): ReactElement {
  const x = useMemo(() => thresholds.points.map(({ threshold }) => threshold), [thresholds])
  const y = useMemo(() => thresholds.points.map((point) => costOf(point, costs)), [thresholds, costs])
  const data = useMemo(
    (): Data[] => [
      { type: 'scatter', mode: 'lines', name: 'cost', x, y, line: { color: 'var(--mr-plot-current)', shape: 'hv' }, hovertemplate: 'from %{x:.2f}: %{y:,.4~g}<extra></extra>' },
      { type: 'scatter', mode: 'markers', name: 'chosen', x: [chosen.threshold], y: [costOf(chosen, costs)], marker: { color: 'var(--mr-plot-current)', size: 9 }, hoverinfo: 'skip' },
    ],
    [x, y, chosen, costs],
  )
  const layout = useMemo((): Partial<Layout> => {
    const line = (at: number, dash: 'dash' | 'dot'): Shape => ({ type: 'line', x0: at, x1: at, y0: 0, y1: 1, yref: 'paper', line: { color: 'var(--mr-plot-reference)', width: 1, dash } })
    return { showlegend: false, xaxis: { title: { text: 'Threshold' }, range: [0, 1] }, yaxis: { title: { text: costs.falsePositive === 1 && costs.falseNegative === 1 ? 'Rows called wrong' : 'Cost' }, rangemode: 'tozero' }, shapes: [line(chosen.threshold, 'dash'), line(USUAL_THRESHOLD, 'dot')] }
  }, [chosen, costs])
  return <Plot name="Cost of all mistakes by threshold" data={data} layout={layout} height={COST_HEIGHT} csv={[{ name: 'threshold', values: x }, { name: 'cost', values: y }]} />
}

function Confusion({ thresholds, point }: { readonly thresholds: Thresholds; readonly point: ThresholdPoint }): ReactElement {
  const total = thresholds.positives + thresholds.negatives
  const negative = cellText(thresholds.negative, 24)
  const positive = cellText(thresholds.positive, 24)
  const cell = (count: number, word: string, right: boolean): ReactElement => (
    <td className={right ? styles['right'] : styles['wrong']}>
      <b>{formatCount(count)}</b> <small>{formatShare(total === 0 ? null : count / total, 1)}</small>
      <span>{word}</span>
    </td>
  )
  return (
    <table className={styles['confusion']} aria-label="Test rows by what they are and what is predicted">
      <thead>
        <tr><th scope="col">rows</th><th scope="col">predicted {negative}</th><th scope="col">predicted {positive}</th></tr>
      </thead>
      <tbody>
        <tr><th scope="row">is {negative}</th>{cell(point.trueNegatives, 'left alone', true)}{cell(point.falsePositives, 'false alarms', false)}</tr>
        <tr><th scope="row">is {positive}</th>{cell(point.falseNegatives, 'missed', false)}{cell(point.truePositives, 'found', true)}</tr>
      </tbody>
    </table>
  )
}

/** What the choice saves or costs against the usual threshold, in one sentence. */
export function savingInWords(thresholds: Thresholds, costs: Costs, threshold: number): string {
  const own = costOf(pointAt(thresholds, threshold), costs)
  const usual = costOf(pointAt(thresholds, USUAL_THRESHOLD), costs)
  const same = costs.falsePositive === 1 && costs.falseNegative === 1
  const what = same ? `${formatCount(own)} of the test rows are called wrong` : `the mistakes on the test rows cost ${formatNumber(own, 6)}`
  const difference = Math.abs(own - usual)
  const amount = same ? formatCount(difference) : formatNumber(difference, 6)
  if (threshold === USUAL_THRESHOLD) return `At 0.50, ${what}.`
  if (own === usual) return `At ${threshold.toFixed(2)}, ${what}, as at 0.50.`
  return `At ${threshold.toFixed(2)}, ${what}: ${amount} ${own < usual ? (same ? 'fewer' : 'less') : 'more'} than at 0.50.`
}

/** A threshold with its price: slider, cost curve, rows right and wrong, and what it saves. */
export function ThresholdPane({ thresholds, threshold, costs, onThreshold, onCosts }: { readonly thresholds: Thresholds; readonly threshold: number; readonly costs: Costs; onThreshold(threshold: number): void; onCosts(costs: Costs): void }): ReactElement {
  const point = useMemo(() => pointAt(thresholds, threshold), [thresholds, threshold])
  const best = useMemo(() => cheapest(thresholds, costs), [thresholds, costs])
  const bins = useMemo(() => probabilityBins(thresholds, BINS), [thresholds])
  const all = bins.positives.map((count, bin) => count + (bins.negatives[bin] ?? 0))
  const positive = cellText(thresholds.positive, 24)
  const saving = savingInWords(thresholds, costs, threshold)
  return (
    <>
      <PaneHead
        title="Threshold and costs"
        end={<NumberInput aria-label="Threshold" value={threshold} min={0} max={1} step={STEP} decimalScale={2} fixedDecimalScale w={76} onChange={(value) => { if (typeof value === 'number') onThreshold(rounded(value)) }} />}
      />
      <div className={styles['threshold']}>
        <MiniHistogram counts={all} front={bins.positives} width={300} height={36} label={`Test rows by probability of ${positive}; those that are ${positive} in front`} />
        <Slider thumbLabel="Threshold" value={threshold} min={0} max={1} step={STEP} size={4} thumbSize={16} label={(value) => value.toFixed(2)} onChange={(value) => onThreshold(rounded(value))} />
        <div className={styles['key']}>
          <span><i className={styles['key-all']} />all test rows</span>
          <span><i className={styles['key-front']} />{positive}</span>
        </div>
        <CostPlot thresholds={thresholds} costs={costs} chosen={point} />
        <div className={styles['costs']}>
          <NumberInput label="A false alarm costs" value={costs.falsePositive} min={0} hideControls onChange={(value) => { if (typeof value === 'number') onCosts({ ...costs, falsePositive: value }) }} />
          <NumberInput label="A miss costs" value={costs.falseNegative} min={0} hideControls onChange={(value) => { if (typeof value === 'number') onCosts({ ...costs, falseNegative: value }) }} />
        </div>
        {best === undefined || rounded(best.threshold) === threshold ? undefined : (
          <Button variant="default" fullWidth onClick={() => onThreshold(rounded(best.threshold))}>Use the cheapest threshold, {rounded(best.threshold).toFixed(2)}</Button>
        )}
        <Confusion thresholds={thresholds} point={point} />
        <p className={styles['saving']}>{saving}</p>
        <p className={styles['quiet']}>
          Precision {formatScore(precisionOf(point))}, recall {formatScore(recallOf(point))}. Predictions use 0.50; with another threshold, compare the column p_{positive} with it.
        </p>
      </div>
      <Section label="What this is about">
        <p className={styles['quiet']}>Costs are in any unit you like. They are found on the test rows, and hold for rows like them.</p>
      </Section>
    </>
  )
}
