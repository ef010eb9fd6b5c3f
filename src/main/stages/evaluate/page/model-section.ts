import { barList } from '../../../html/charts/bar-list.ts'
import { html } from '../../../html/markup.ts'
import { percentText } from '../../../html/number-text.ts'
import type { Section } from '../../../html/page.ts'
import type { Model } from '../../../learn/model/model.ts'
import { describeRecipe } from '../../../learn/recipe/index.ts'

const MOST_BARS = 20
const MOST_LINES = 200

/** What the model is, what matters to it, and what enters it, in words. */
export function modelSection(model: Model): Section {
  const bars = model.importance.slice(0, MOST_BARS).map(({ column, value }) => ({ name: column, value, text: percentText(value) }))
  const importance = bars.length === 0 ? '' : html`<h3>Share in what the model says</h3>${barList('Importance of columns', 'Column', 'Share', bars)}`
  const recipes = model.members.map(({ recipe, estimator }) => {
    const lines = describeRecipe(recipe)
    const more = lines.length > MOST_LINES ? html`<li>and ${lines.length - MOST_LINES} more columns</li>` : ''
    return html`<details><summary>What enters ${estimator.id} (${lines.length} lines)</summary><ul>${lines.slice(0, MOST_LINES).map((line) => html`<li>${line}</li>`)}${more}</ul></details>`
  })
  return { id: 'model', title: 'The model', body: html`<p>${model.summary}</p>${importance}${recipes}` }
}
