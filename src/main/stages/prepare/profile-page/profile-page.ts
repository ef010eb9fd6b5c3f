import type { DatasetProfile } from '#shared/domain/profile.ts'
import { html, type Fragment } from '../../../html/markup.ts'
import { countText, percentText } from '../../../html/number-text.ts'
import { renderPage, type Section } from '../../../html/page.ts'
import { facts } from '../../../html/table.ts'
import { columnDetails, columnTable } from './columns.ts'
import { matrixSections } from './matrices.ts'

/** A profile as a page of its own: no script, nothing loaded. Details of every column in short tables, of the first in wide ones. */
export function profilePage(profile: DatasetProfile): string {
  const sections: Section[] = [
    { id: 'overview', title: 'Overview', body: overview(profile) },
    { id: 'findings', title: `Findings (${String(profile.findings.length)})`, body: findings(profile) },
    { id: 'columns', title: 'Columns', body: [columnTable(profile), columnDetails(profile)] },
    ...matrixSections(profile),
  ]
  const sampled = profile.sample === null ? '' : `A sample of ${countText(profile.sample.rows)} of ${countText(profile.sample.of)} rows. `
  return renderPage({
    title: 'Data profile',
    subtitle: `${sampled}${countText(profile.rows)} rows, ${countText(profile.columns.length)} columns${profile.target === null ? '' : `, target “${profile.target}”`}.`,
    sections,
    footer: `${sampled}Quantiles and counts are exact${profile.sample === null ? '' : ' over the sampled rows'}; columns are compared two by two on ${countText(profile.associations?.rows ?? profile.rows)} rows. Dates count as future after ${profile.asOf}.`,
  })
}

function overview({ rows, columns, bytes, sample, repeatedRows, overlap }: DatasetProfile): Fragment {
  const missing = columns.reduce((sum, column) => sum + column.missing, 0)
  const cells = rows * columns.length
  const note = sample === null ? '' : html`<p class="note warning">This page shows a sample: ${countText(sample.rows)} of ${countText(sample.of)} rows, spread evenly.</p>`
  return [
    note,
    facts([
      { name: 'Rows', value: countText(rows), ...(sample === null ? {} : { about: `of ${countText(sample.of)}` }) },
      { name: 'Columns', value: countText(columns.length) },
      { name: 'Missing cells', value: cells === 0 ? '–' : percentText(missing / cells), about: countText(missing) },
      { name: 'Repeated rows', value: repeatedRows === null ? '–' : countText(repeatedRows) },
      { name: 'Size of the file', value: `${countText(Math.ceil(bytes / 1024))} KiB` },
      ...(overlap === null ? [] : [{ name: 'Rows in both datasets', value: countText(overlap.shared), about: `of ${countText(overlap.rows)} in the other` }]),
    ]),
  ]
}

const WORDS = { danger: 'misleads a model', warning: 'worth a look', info: 'good to know' } as const

function findings({ findings: found }: DatasetProfile): Fragment {
  if (found.length === 0) return html`<p>Nothing that needs a word.</p>`
  return html`<ul class="plain">${found.map(({ severity, message, advice }) => html`<li><span class="tag ${severity}">${WORDS[severity]}</span> ${message} <span class="muted">${advice}</span></li>`)}</ul>`
}
