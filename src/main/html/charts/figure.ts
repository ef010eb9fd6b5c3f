import { html, type Fragment, type Markup } from '../markup.ts'

/** A plot with its title above and, to the right, what it was made of. */
export function figure(title: string, about: string | undefined, body: Fragment): Markup {
  return html`<figure><figcaption><h3>${title}</h3>${about === undefined ? '' : html`<span class="muted">${about}</span>`}</figcaption>${body}</figure>`
}

/** The numbers of a plot as a table, folded away. */
export function numbersBehind(table: Markup): Markup {
  return html`<details><summary>These numbers as a table</summary>${table}</details>`
}
