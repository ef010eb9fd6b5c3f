import type { EvaluationReport } from '#shared/domain/evaluation.ts'
import { barList } from '../../../html/charts/bar-list.ts'
import { html, type Fragment } from '../../../html/markup.ts'
import { countText, percentText, scoreText } from '../../../html/number-text.ts'
import type { Section } from '../../../html/page.ts'
import type { Model } from '../../../learn/model/model.ts'
import { describeRecipe } from '../../../learn/recipe/index.ts'

const MOST_BARS = 20
const MOST_LINES = 200

/** What the model loses when a column is shuffled. */
function shuffled({ importance }: Pick<EvaluationReport, 'importance'>): Fragment {
  if (importance === undefined) return ''
  const { label, rows, repeats, columns } = importance
  const bars = columns.map(({ column, drop, deviation }) => ({ name: column, value: Math.max(0, drop), low: drop - deviation, high: drop + deviation, text: `${scoreText(drop)} ± ${scoreText(deviation)}` }))
  const about = html`<p class="muted">${label} lost when the column is shuffled among ${countText(rows)} test rows; mean and standard deviation of ${repeats} shuffles.</p>`
  return html`<h3>What matters on the test rows</h3>${about}${barList('Loss by shuffled column', 'Column', `${label} lost`, bars)}`
}

/** What the model is, what matters to it, and what enters it, in words. */
export function modelSection(model: Model, report: Pick<EvaluationReport, 'importance'>): Section {
  const bars = model.importance.slice(0, MOST_BARS).map(({ column, value }) => ({ name: column, value, text: percentText(value) }))
  const importance = bars.length === 0 ? '' : html`<h3>Share in what the model says</h3>${barList('Importance of columns', 'Column', 'Share', bars)}`
  const recipes = model.members.map(({ recipe, estimator }) => {
    const lines = describeRecipe(recipe)
    const more = lines.length > MOST_LINES ? html`<li>and ${lines.length - MOST_LINES} more columns</li>` : ''
    return html`<details><summary>What enters ${estimator.id} (${lines.length} lines)</summary><ul>${lines.slice(0, MOST_LINES).map((line) => html`<li>${line}</li>`)}${more}</ul></details>`
  })
  return { id: 'model', title: 'The model', body: html`<p>${model.summary}</p>${shuffled(report)}${importance}${recipes}` }
}
