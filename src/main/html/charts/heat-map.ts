import { html, type Markup } from '../markup.ts'

/** Cells with a value each; null is "not defined". */
export type HeatMap = {
  readonly rows: readonly string[]
  readonly columns: readonly string[]
  /** Row after row. */
  readonly cells: readonly (readonly (number | null)[])[]
  /** `sequential`: 0 … `limit`; `diverging`: −`limit` … `limit`, the middle is zero. */
  readonly scale: 'sequential' | 'diverging'
  readonly limit: number
  readonly text: (value: number) => string
}

const CELL = 26
const NAME_LETTERS = 22
/** Mean width of a letter in pixels. */
const LETTER = 6.2

function shortened(name: string): string {
  return name.length > NAME_LETTERS ? `${name.slice(0, NAME_LETTERS - 1)}…` : name
}

function shade(value: number, scale: HeatMap['scale'], limit: number): string {
  const share = Math.max(-1, Math.min(1, limit === 0 ? 0 : value / limit))
  if (scale === 'sequential') return `seq-${1 + Math.round(Math.max(0, share) * 6)}`
  return `div-${5 + Math.round(share * 4)}`
}

/** A matrix of shades with its numbers in the cells where there is room for them (at most 14 columns). */
export function heatMap(label: string, { rows, columns, cells, scale, limit, text }: HeatMap): Markup {
  const numbers = columns.length <= 14
  const width = columns.length <= 6 ? 72 : numbers ? 46 : CELL
  const side = 16 + LETTER * Math.max(0, ...rows.map((name) => shortened(name).length))
  // Names that fit stand upright; the others lean by 60 degrees.
  const longest = LETTER * Math.max(0, ...columns.map((name) => shortened(name).length))
  const leaning = longest > width - 4
  const above = leaning ? 14 + longest * 0.87 : 20
  const squares = cells.flatMap((line, i) =>
    line.map((value, j) => {
      const [x, y] = [side + j * width, above + i * CELL]
      if (value === null) return html`<rect class="track" x="${x}" y="${y}" width="${width - 1}" height="${CELL - 1}"><title>${rows[i] ?? ''}, ${columns[j] ?? ''}: not defined</title></rect>`
      const step = shade(value, scale, limit)
      const number = numbers ? html`<text class="on-${step}" x="${x + width / 2}" y="${y + 17}" text-anchor="middle">${text(value)}</text>` : ''
      return html`<rect class="${step}" x="${x}" y="${y}" width="${width - 1}" height="${CELL - 1}"><title>${rows[i] ?? ''}, ${columns[j] ?? ''}: ${text(value)}</title></rect>${number}`
    }),
  )
  const left = rows.map((name, i) => html`<text x="${side - 8}" y="${above + i * CELL + 17}" text-anchor="end">${shortened(name)}</text>`)
  const top = columns.map((name, j) => {
    const middle = side + (j + 0.5) * width
    return leaning
      ? html`<text transform="translate(${middle + 4} ${above - 6}) rotate(-60)">${shortened(name)}</text>`
      : html`<text x="${middle}" y="${above - 7}" text-anchor="middle">${shortened(name)}</text>`
  })
  const size = { width: Math.ceil(side + columns.length * width + (leaning ? longest / 2 : 4)), height: Math.ceil(above + rows.length * CELL) }
  return html`<div class="scroll"><svg width="${size.width}" height="${size.height}" viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="${label}">${left}${top}${squares}</svg></div>`
}
