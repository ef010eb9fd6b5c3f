import { html, type Fragment, type Markup } from './markup.ts'

/** A column of a table; numbers stand right, with their header; `wide` holds a small plot. */
export type TableColumn = { readonly title: Fragment; readonly kind?: 'text' | 'number' | 'wide' }

const CLASSES = { text: '', number: 'n', wide: 'w' } as const

/** A table; each row has one cell per column. `caption` names it for those who do not see it. */
export function table(caption: string, columns: readonly TableColumn[], rows: readonly (readonly Fragment[])[]): Markup {
  const classOf = (index: number): string => CLASSES[columns[index]?.kind ?? 'text']
  const head = columns.map(({ title }, index) => html`<th scope="col" class="${classOf(index)}">${title}</th>`)
  const body = rows.map((cells) => html`<tr>${cells.map((cell, index) => html`<td class="${classOf(index)}">${cell}</td>`)}</tr>`)
  return html`<div class="scroll"><table aria-label="${caption}"><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`
}

/** Figures to lead with: name, value and, smaller, what limits it. */
export function facts(items: readonly { readonly name: string; readonly value: string; readonly about?: string }[]): Markup {
  return html`<dl class="facts">${items.map(
    ({ name, value, about }) => html`<div><dt>${name}</dt><dd>${value}${about === undefined ? '' : html`<small>${about}</small>`}</dd></div>`,
  )}</dl>`
}
