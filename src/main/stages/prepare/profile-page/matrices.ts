import type { DatasetProfile, MissingPatterns } from '#shared/domain/profile.ts'
import { heatMap } from '../../../html/charts/heat-map.ts'
import { html, type Fragment } from '../../../html/markup.ts'
import { countText } from '../../../html/number-text.ts'
import type { Section } from '../../../html/page.ts'
import { table } from '../../../html/table.ts'

/** Columns that a heat map shows. */
const SHOWN = 40

/** What looks at columns two by two: associations and missing cells. */
export function matrixSections({ associations, missing, rows }: DatasetProfile): Section[] {
  const sections: Section[] = []
  if (associations !== null && associations.columns.length > 1) {
    const { columns, association, leftOut, rows: compared } = associations
    const out = leftOut.map(({ columns: count, reason }) => `${reason} (${countText(count)})`)
    sections.push({
      id: 'associations',
      title: 'Associations',
      body: [
        html`<p>Spearman's ρ of two numbers, bias-corrected Cramér's V of two categories, correlation ratio η of a number and a category, on ${countText(compared)} rows.${out.length === 0 ? '' : ` Left out: ${out.join('; ')}.`}</p>`,
        heatMap('Association of columns', { rows: columns, columns, cells: association, scale: 'diverging', limit: 1, text: (value) => value.toFixed(2).replace('-', '−') }),
      ],
    })
  }
  if (missing !== null) sections.push({ id: 'missing', title: 'Missing together', body: missingTogether(missing, rows) })
  return sections
}

function missingTogether({ columns, leftOut, complete, patterns, together }: MissingPatterns, rows: number): Fragment {
  const named = (indices: readonly number[]): string => indices.map((i) => columns[i] ?? '').join(', ')
  // Share of the rows where the first lacks a value in which the second does too.
  const cells = together.slice(0, SHOWN).map((line, i) => line.slice(0, SHOWN).map((count) => (line[i] === 0 ? null : count / (line[i] ?? 1))))
  const shown = columns.slice(0, SHOWN)
  return [
    html`<p>${countText(complete)} of ${countText(rows)} rows lack nothing in these columns.${leftOut > 0 ? ` ${countText(leftOut)} further columns with fewer missing cells are not shown.` : ''}</p>`,
    heatMap('Of the rows where the column on the left is missing, the share where the one above is missing too', { rows: shown, columns: shown, cells, scale: 'sequential', limit: 1, text: (value) => value.toFixed(2) }),
    table('Most frequent patterns', [{ title: 'Missing together' }, { title: 'Rows', kind: 'number' }], patterns.slice(0, 10).map(({ missing, rows: count }) => [named(missing), countText(count)])),
  ]
}
