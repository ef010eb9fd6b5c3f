import type { z } from 'zod'
import type { classificationDetailSchema, ClassCurves, EvaluationReport, ThresholdRow } from '#shared/domain/evaluation.ts'
import { figure, numbersBehind } from '../../../html/charts/figure.ts'
import { heatMap } from '../../../html/charts/heat-map.ts'
import { linePlot, type Series, type SeriesColour } from '../../../html/charts/line-plot.ts'
import { html, type Fragment, type Markup } from '../../../html/markup.ts'
import { countText, numberText, percentText, scoreText } from '../../../html/number-text.ts'
import type { Section } from '../../../html/page.ts'
import { niceRange } from '../../../html/scale.ts'
import { table, type TableColumn } from '../../../html/table.ts'
import { calibrationError, capturedAt } from '../../../learn/metrics/curves.ts'

type Detail = z.infer<typeof classificationDetailSchema>

const COLOURS: readonly SeriesColour[] = ['c1', 'c2', 'c3', 'c4', 'c5']
const DIAGONAL: readonly (readonly [number, number])[] = [[0, 0], [1, 1]]
const UNIT = [0, 1] as const
const DECILES = Array.from({ length: 10 }, (_, index) => (index + 1) / 10)

/** Classes with a line of their own: five are told apart by colour. */
function shown(curves: readonly ClassCurves[]): readonly { readonly curve: ClassCurves; readonly colour: SeriesColour }[] {
  return curves.slice(0, COLOURS.length).map((curve, index) => ({ curve, colour: COLOURS[index] ?? 'cmute' }))
}

function curvePlots(curves: readonly ClassCurves[]): readonly Markup[] {
  const own = shown(curves)
  const lines = (points: (curve: ClassCurves) => Series['points'], markers = false): Series[] =>
    own.map(({ curve, colour }) => ({ name: curve.class, colour, points: points(curve), markers }))
  const chance: Series = { name: 'chance', colour: 'cref', dash: 'dotted', points: DIAGONAL }
  const perfect: Series = { ...chance, name: 'perfectly calibrated' }
  const error = own[0] === undefined ? '' : `mean distance ${scoreText(calibrationError(own[0].curve.calibration))}, ten equal groups`
  const lift = (curve: ClassCurves): Series['points'] => curve.gain.filter(({ share }) => share >= 0.01).map(({ share, captured }) => [share, captured / share])
  const most = niceRange([0, ...own.flatMap(({ curve }) => lift(curve).map(([, value]) => value))])[1]
  return [
    figure('ROC', undefined, linePlot({ label: 'False positive rate', range: UNIT }, { label: 'True positive rate', range: UNIT }, [chance, ...lines(({ roc }) => roc.map((p) => [p.falsePositiveRate, p.truePositiveRate]))])),
    figure('Precision and recall', undefined, linePlot({ label: 'Recall', range: UNIT }, { label: 'Precision', range: UNIT }, lines(({ precisionRecall }) => precisionRecall.map((p) => [p.recall, p.precision])))),
    figure('Calibration', error, linePlot({ label: 'Predicted probability', range: UNIT }, { label: 'Observed share', range: UNIT }, [perfect, ...lines(({ calibration }) => calibration.map((p) => [p.predicted, p.observed]), true)])),
    figure('Gain', undefined, linePlot({ label: 'Share of rows taken, most probable first', range: UNIT }, { label: 'Share of the class found', range: UNIT }, [chance, ...lines(({ gain }) => gain.map((p) => [p.share, p.captured]))])),
    figure('Lift', undefined, linePlot({ label: 'Share of rows taken, most probable first', range: UNIT }, { label: 'Times as many as by chance', range: [0, most] }, lines(lift))),
  ]
}

function decileTable(curve: ClassCurves, rows: number): Markup {
  const columns: TableColumn[] = [
    { title: 'Taken' },
    { title: 'Rows', kind: 'number' },
    { title: 'Found', kind: 'number' },
    { title: 'by this tenth', kind: 'number' },
    { title: 'Lift', kind: 'number' },
  ]
  const lines = DECILES.map((share) => {
    const captured = capturedAt(curve.gain, share)
    return [percentText(share), countText(share * rows), percentText(captured), percentText(captured - capturedAt(curve.gain, share - 0.1)), numberText(captured / share, 3)]
  })
  return html`<h3>Tenths of the rows by probability of ${curve.class}</h3>${table('Gain by tenths', columns, lines)}`
}

function thresholdRow({ threshold, precision, recall, specificity, f1, truePositives, falsePositives, falseNegatives, cost, marks }: ThresholdRow, costs: boolean): readonly Fragment[] {
  return [
    html`${threshold.toFixed(3)} ${marks.map((mark) => html`<span class="tag info">${mark}</span> `)}`,
    countText(truePositives + falsePositives),
    countText(truePositives),
    countText(falsePositives),
    countText(falseNegatives),
    precision === null ? '–' : scoreText(precision),
    scoreText(recall),
    scoreText(specificity),
    scoreText(f1),
    ...(costs ? [cost === undefined ? '–' : countText(cost)] : []),
  ]
}

function thresholdSection({ thresholds, classes }: Detail): Section[] {
  if (thresholds.length === 0) return []
  const costs = thresholds.some(({ cost }) => cost !== undefined)
  const titles = ['Called', 'Hits', 'False alarms', 'Missed', 'Precision', 'Recall', 'Specificity', 'F1', ...(costs ? ['Cost'] : [])]
  const columns: TableColumn[] = [{ title: 'From probability' }, ...titles.map((title) => ({ title, kind: 'number' }) as const)]
  const body = html`<p class="muted">What calling a row “${classes[1]?.name ?? ''}” from a probability upwards gives on the test rows.</p>${table('Thresholds', columns, thresholds.map((row) => thresholdRow(row, costs)))}`
  return [{ id: 'thresholds', title: 'Thresholds', body }]
}

function confusionSection({ classes, confusion }: Detail): Section {
  const names = classes.map(({ name }) => name)
  const shares = confusion.map((line) => {
    const total = line.reduce((sum, rows) => sum + rows, 0)
    return line.map((rows) => (total === 0 ? null : rows / total))
  })
  const map = heatMap('Share of each true class by predicted class', { rows: names, columns: names, cells: shares, scale: 'sequential', limit: 1, text: percentText })
  const counts = table('Rows by true and predicted class', [{ title: 'True class' }, ...names.map((title) => ({ title, kind: 'number' }) as const)], confusion.map((line, index) => [names[index] ?? '', ...line.map(countText)]))
  const perClass = classes.map(({ name, trainingRows, testRows }, index) => {
    const hits = confusion[index]?.[index] ?? 0
    const called = confusion.reduce((sum, line) => sum + (line[index] ?? 0), 0)
    return [name, countText(trainingRows), countText(testRows), called === 0 ? '–' : scoreText(hits / called), testRows === 0 ? '–' : scoreText(hits / testRows)]
  })
  const columns: TableColumn[] = [{ title: 'Class' }, ...['Training rows', 'Test rows', 'Precision', 'Recall'].map((title) => ({ title, kind: 'number' }) as const)]
  const body = html`<div class="grid"><div><p class="muted">Lines are true classes, columns what was predicted; each line adds up to 100 %.</p>${map}${numbersBehind(counts)}</div><div>${table('Classes', columns, perClass)}</div></div>`
  return { id: 'confusion', title: 'Right and wrong', body }
}

/** The plots and tables of a classification's test rows. */
export function classificationSections(report: EvaluationReport, detail: Detail): Section[] {
  const [first] = detail.curves
  const note = detail.curves.length > COLOURS.length ? html`<p class="muted">The five most frequent of ${detail.curves.length} classes, each against the rest.</p>` : ''
  const curves = first === undefined ? [] : [{ id: 'curves', title: 'Curves', body: html`${note}<div class="grid">${curvePlots(detail.curves)}<div>${decileTable(first, report.rows)}</div></div>` }]
  return [...curves, confusionSection(detail), ...thresholdSection(detail)]
}
