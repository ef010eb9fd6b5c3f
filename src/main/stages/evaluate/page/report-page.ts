import type { ChoiceFile } from '#shared/domain/choice.ts'
import type { EvaluationReport } from '#shared/domain/evaluation.ts'
import { html, type Fragment } from '../../../html/markup.ts'
import { countText, scoreText } from '../../../html/number-text.ts'
import { renderPage, type Section } from '../../../html/page.ts'
import { facts, table } from '../../../html/table.ts'
import { metricsOf } from '../../../learn/metrics/index.ts'
import type { Model } from '../../../learn/model/model.ts'
import { choiceSection } from './choice-section.ts'
import { classificationSections } from './classification-sections.ts'
import { modelSection } from './model-section.ts'
import { regressionSections } from './regression-sections.ts'
import { slicesSection } from './slices-section.ts'

function intervalText({ intervals }: EvaluationReport, id: string): string | undefined {
  const found = intervals[id]
  return found === undefined ? undefined : `${scoreText(found.low)} – ${scoreText(found.high)}`
}

function leadingFigures(report: EvaluationReport): Fragment {
  const shown = metricsOf(report.goal.task)
    .filter(({ id }) => report.metrics[id] !== undefined)
    .slice(0, 5)
  return facts(
    shown.map(({ id, label }) => {
      const about = intervalText(report, id)
      return { name: label, value: scoreText(report.metrics[id] ?? Number.NaN), ...(about === undefined ? {} : { about }) }
    }),
  )
}

function resultSection(report: EvaluationReport): Section {
  const [first, ...others] = report.comparison
  const words = html`<p><b>${first ?? ''}</b></p>${others.map((sentence) => html`<p>${sentence}</p>`)}`
  const warnings = report.warnings.map((warning) => html`<p class="note warning">${warning}</p>`)
  return { id: 'result', title: 'Result', body: html`${leadingFigures(report)}<p class="muted">With 95 % intervals from ${countText(300)} resamples of the ${countText(report.rows)} test rows.</p>${words}${warnings}` }
}

function metricsSection(report: EvaluationReport): Section {
  const rows = metricsOf(report.goal.task).flatMap(({ id, label, help, greaterIsBetter }) => {
    const value = report.metrics[id]
    if (value === undefined) return []
    const baseline = report.baseline.metrics[id]
    return [[label, scoreText(value), intervalText(report, id) ?? '–', baseline === undefined ? '–' : scoreText(baseline), `${help} ${greaterIsBetter ? 'More' : 'Less'} is better.`]]
  })
  const columns = [{ title: 'Metric' }, { title: 'Value', kind: 'number' }, { title: '95 % interval', kind: 'number' }, { title: 'Baseline', kind: 'number' }, { title: 'What it says' }] as const
  return { id: 'metrics', title: 'Metrics', body: html`<p class="muted">Baseline: ${report.baseline.description}.</p>${table('Metrics', columns, rows)}` }
}

/** A report as a self-contained page: the result in words and figures, its plots, where the model is weak, and where it comes from. */
export function reportPage(report: EvaluationReport, model: Model, choice: ChoiceFile): string {
  const { goal } = report
  const detail = report.detail.kind === 'classification' ? classificationSections(report, report.detail) : regressionSections(report, report.detail)
  return renderPage({
    title: `Evaluation of ${goal.target}`,
    subtitle: `${model.estimator.id} for ${goal.task.replaceAll('-', ' ')}, trained on ${countText(model.rows)} rows, tested on ${countText(report.rows)} that it had not seen`,
    sections: [resultSection(report), ...detail, ...slicesSection(report), metricsSection(report), choiceSection(choice, report), modelSection(model, report)],
    footer: `Training data ${String(model.lineage['train'] ?? '–').slice(0, 12)}, seed ${String(model.lineage['seed'] ?? '–')}. Made by Millrace on this machine; the page loads nothing and sends nothing.`,
  })
}
