import type { EvaluationReport, RegressionDetail } from '#shared/domain/evaluation.ts'
import { figure } from '../../../html/charts/figure.ts'
import { histogram } from '../../../html/charts/histogram.ts'
import { scatter } from '../../../html/charts/scatter.ts'
import { html } from '../../../html/markup.ts'
import { numberText, percentText } from '../../../html/number-text.ts'
import type { Section } from '../../../html/page.ts'
import { niceRange } from '../../../html/scale.ts'
import { table } from '../../../html/table.ts'

/** The plots and tables of a regression's test rows. */
export function regressionSections({ goal }: EvaluationReport, { residuals, sample }: RegressionDetail): Section[] {
  const range = niceRange(sample.flatMap(({ truth, prediction }) => [truth, prediction]))
  const errors = niceRange(sample.map(({ truth, prediction }) => truth - prediction))
  const drawn = `${sample.length} test rows drawn at random`
  const fit = scatter({ label: `Predicted ${goal.target}`, range }, { label: `True ${goal.target}`, range }, sample.map(({ truth, prediction }) => [prediction, truth]), {
    line: [[range[0], range[0]], [range[1], range[1]]],
  })
  const spread = scatter({ label: `Predicted ${goal.target}`, range }, { label: 'Truth minus prediction', range: errors }, sample.map(({ truth, prediction }) => [prediction, truth - prediction]), {
    line: [[range[0], 0], [range[1], 0]],
  })
  const quantiles = table(
    'Quantiles of the error',
    [{ title: 'Part of the rows' }, { title: 'Truth minus prediction, at most', kind: 'number' }],
    residuals.quantiles.map(({ q, value }) => [percentText(q), numberText(value)]),
  )
  const body = html`<div class="grid">${figure('Truth by prediction', drawn, fit)}${figure('Error by prediction', drawn, spread)}${figure('Errors', `mean ${numberText(residuals.mean)}, standard deviation ${numberText(residuals.deviation)}`, histogram('Truth minus prediction', residuals.histogram))}<div>${quantiles}</div></div>`
  return [{ id: 'errors', title: 'Errors', body }]
}
