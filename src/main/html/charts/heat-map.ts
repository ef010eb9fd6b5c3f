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

const CELL = 24
const NAME = 150
const NAME_LETTERS = 22

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
  const width = numbers ? 44 : CELL
  const squares = cells.flatMap((line, i) =>
    line.map((value, j) => {
      const [x, y] = [NAME + j * width, NAME + i * CELL]
      if (value === null) return html`<rect class="track" x="${x}" y="${y}" width="${width - 1}" height="${CELL - 1}"><title>${rows[i] ?? ''}, ${columns[j] ?? ''}: not defined</title></rect>`
      const step = shade(value, scale, limit)
      const number = numbers ? html`<text class="on-${step}" x="${x + width / 2}" y="${y + 16}" text-anchor="middle">${text(value)}</text>` : ''
      return html`<rect class="${step}" x="${x}" y="${y}" width="${width - 1}" height="${CELL - 1}"><title>${rows[i] ?? ''}, ${columns[j] ?? ''}: ${text(value)}</title></rect>${number}`
    }),
  )
  const left = rows.map((name, i) => html`<text x="${NAME - 8}" y="${NAME + i * CELL + 16}" text-anchor="end">${shortened(name)}</text>`)
  const top = columns.map((name, j) => html`<text transform="translate(${NAME + j * width + width / 2 + 4} ${NAME - 8}) rotate(-60)">${shortened(name)}</text>`)
  const size = { width: NAME + columns.length * width + 80, height: NAME + rows.length * CELL }
  return html`<div class="scroll"><svg width="${size.width}" height="${size.height}" viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="${label}">${left}${top}${squares}</svg></div>`
}
