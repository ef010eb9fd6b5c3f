import { createHash } from 'node:crypto'
import { escapeText, html, type Fragment, type Markup } from './markup.ts'
import { style } from './style.ts'

/** A part of a page; `id` is what the links at the top lead to. */
export type Section = { readonly id: string; readonly title: string; readonly body: Fragment }

/** A page of a report. */
export type Page = {
  readonly title: string
  /** One sentence under the title. */
  readonly subtitle: string
  readonly sections: readonly Section[]
  /** Where the figures come from. */
  readonly footer: string
}

/** Nothing is loaded and nothing runs: the page is whole in itself. */
function policy(): string {
  return `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'`
}

function sectionMarkup({ id, title, body }: Section): Markup {
  return html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>${body}</section>`
}

/** A self-contained HTML page: no script, no network, light or dark as the reader's system is. */
export function renderPage({ title, subtitle, sections, footer }: Page): string {
  const links = sections.map(({ id, title: name }) => html`<a href="#${id}">${name}</a>`)
  const body = html`<header><h1>${title}</h1><p class="sub">${subtitle}</p><nav aria-label="Contents">${links}</nav></header>
<main>${sections.map(sectionMarkup)}</main>
<footer>${footer}</footer>`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeText(title)}</title>
<style>${style}</style>
</head>
<body>
${body.text}
</body>
</html>
`
}
