import type { ChoiceFile } from '#shared/domain/choice.ts'
import type { EvaluationReport } from '#shared/domain/evaluation.ts'
import { figure } from '../../../html/charts/figure.ts'
import { linePlot, type Series } from '../../../html/charts/line-plot.ts'
import { html, type Fragment, type Markup } from '../../../html/markup.ts'
import { percentText, scoreText } from '../../../html/number-text.ts'
import type { Section } from '../../../html/page.ts'
import { niceRange } from '../../../html/scale.ts'
import { table, type TableColumn } from '../../../html/table.ts'
import { findMetric } from '../../../learn/metrics/index.ts'

function candidateTable(choice: ChoiceFile, label: string): Markup {
  const columns: TableColumn[] = [{ title: 'Candidate' }, { title: label, kind: 'number' }, { title: '±', kind: 'number' }, { title: 'Folds', kind: 'number' }, { title: '' }]
  const weights = new Map(choice.chosen.map(({ label: own, weight }) => [own, weight]))
  const rows = choice.candidates.map(({ label: own, mean, deviation, folds, note }): readonly Fragment[] => {
    const weight = weights.get(own)
    const chosen = weight === undefined ? '' : html`<span class="tag success">chosen${weight < 1 ? `, ${percentText(weight)}` : ''}</span> `
    return [own, mean === null ? '–' : scoreText(mean), deviation === null || folds < 2 ? '–' : scoreText(deviation), String(folds), html`${chosen}${note ?? ''}`]
  })
  return table('Candidates', columns, rows)
}

function curvePlot(points: ChoiceFile['learningCurve'], label: string): Markup {
  const rows = points.map((point) => point.rows)
  const line = (name: string, of: (point: (typeof points)[number]) => { mean: number; deviation: number }, style: Pick<Series, 'colour'> & Partial<Series>): Series => ({
    name,
    points: points.map((point) => [point.rows, of(point).mean]),
    band: points.map((point) => [point.rows, of(point).mean - of(point).deviation, of(point).mean + of(point).deviation]),
    markers: true,
    ...style,
  })
  const series = [line('on rows it had not seen', ({ validation }) => validation, { colour: 'c1' }), line('on the rows it learnt from', ({ training }) => training, { colour: 'c2', dash: 'dashed' })]
  const range = niceRange(series.flatMap(({ band }) => (band ?? []).flatMap(([, low, high]) => [low, high])))
  const plot = linePlot({ label: 'Training rows', range: niceRange([0, ...rows]) }, { label, range }, series, { width: 520, height: 280 })
  return figure('Learning curve', 'bands are one standard deviation over the folds', plot)
}

/** How the model was chosen, and whether more rows would help where that was asked. */
export function choiceSection(choice: ChoiceFile, { primary }: EvaluationReport): Section {
  const label = findMetric(choice.validation?.metric ?? '')?.label ?? primary.label
  const curve = choice.learningCurve.length > 1 ? curvePlot(choice.learningCurve, label) : ''
  const body = html`<p>${choice.reason}</p>${choice.candidates.length > 0 ? candidateTable(choice, label) : ''}${curve}<p class="muted">${choice.validation?.rows === undefined ? 'By cross-validation on the training rows' : `By ${choice.validation.rows.toLocaleString('en')} validation rows, the spread over ${choice.validation.folds} parts of them`}; the test rows took no part.</p>`
  return { id: 'choice', title: 'How it was chosen', body }
}
