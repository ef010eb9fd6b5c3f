import type { EvaluationReport } from '#shared/domain/evaluation.ts'
import { intervalMark } from '../../../html/charts/interval.ts'
import { html, type Fragment } from '../../../html/markup.ts'
import { countText, numberText, percentText, scoreText } from '../../../html/number-text.ts'
import type { Section } from '../../../html/page.ts'
import { table, type TableColumn } from '../../../html/table.ts'

function rangeOf({ slices, primary }: EvaluationReport): readonly [number, number] {
  const ends = slices.flatMap(({ score, interval }) => [score ?? Number.NaN, interval?.low ?? Number.NaN, interval?.high ?? Number.NaN]).filter(Number.isFinite)
  const all = primary.value === undefined ? ends : [...ends, primary.value]
  return all.length === 0 ? [0, 1] : [Math.min(...all), Math.max(...all)]
}

/** The primary metric on parts of the test rows, as a table; nothing where no part was looked at. */
export function slicesSection(report: EvaluationReport): Section[] {
  const { slices, primary, goal } = report
  if (slices.length === 0) return []
  const range = rangeOf(report)
  const target = goal.task === 'regression' ? `Mean ${goal.target}` : goal.task === 'binary-classification' ? 'Positive' : 'Most frequent class'
  const columns: TableColumn[] = [{ title: 'Rows with' }, { title: 'Rows', kind: 'number' }, { title: target, kind: 'number' }, { title: '', kind: 'wide' }, { title: primary.label, kind: 'number' }, { title: '' }]
  const rows = slices.map(({ column, value, rows: count, target: own, score, interval, worse }): readonly Fragment[] => [
    html`<span class="muted">${column}</span> ${value}`,
    countText(count),
    goal.task === 'regression' ? numberText(own) : percentText(own),
    score === undefined ? '' : intervalMark(range, { value: score, low: interval?.low, high: interval?.high }, primary.value),
    score === undefined ? '–' : scoreText(score),
    worse ? html`<span class="tag warning">worse than all rows</span>` : '',
  ])
  const body = html`<p class="muted">Parts of the test rows of at least 30 rows, with 95 % intervals; the dashed line is all rows. Among many parts a few look weak by chance alone, and a ranking is harder within a part whose rows are alike.</p>${table('Slices', columns, rows)}`
  return [{ id: 'slices', title: 'Parts of the data', body }]
}
