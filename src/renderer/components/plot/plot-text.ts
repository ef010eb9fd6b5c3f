import { cellText } from '../cell-text.ts'

const LONGEST_LABEL = 60

/** Names beside an axis share the room with the plot. */
const LONGEST_TICK = 28

/** Text from data as plotly may draw it: plotly takes `<` for markup, so it is written as an entity, and long text is cut. */
export function plotText(text: string, longest: number = LONGEST_LABEL): string {
  return cellText(text, longest).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** Keys of a trace whose texts come from data, and how long they may be. */
const FROM_DATA: Readonly<Record<string, number>> = { x: LONGEST_TICK, y: LONGEST_TICK, labels: LONGEST_TICK, name: LONGEST_LABEL, customdata: LONGEST_LABEL }

/** A trace whose names and categories are harmless. */
export function harmlessTrace<T extends object>(trace: T): T {
  const entries = Object.entries(trace).map(([key, value]) => {
    const longest = FROM_DATA[key]
    return [key, longest === undefined ? (value as unknown) : harmless(value, longest)]
  })
  return Object.fromEntries(entries) as T
}

/** A layout whose titles, ticks and notes are harmless; they name columns and their values. */
export function harmlessLayout<T extends object>(layout: T): T {
  const entries = Object.entries(layout).map(([key, value]: [string, unknown]) => {
    if (key === 'text') return [key, harmless(value, LONGEST_LABEL)]
    if (key === 'ticktext') return [key, harmless(value, LONGEST_TICK)]
    if (Array.isArray(value)) return [key, value.map((one: unknown) => (isPlain(one) ? harmlessLayout(one) : one))]
    return [key, isPlain(value) ? harmlessLayout(value) : value]
  })
  return Object.fromEntries(entries) as T
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}

function harmless(value: unknown, longest: number): unknown {
  if (typeof value === 'string') return plotText(value, longest)
  if (!Array.isArray(value) || typeof value[0] === 'number') return value
  return value.map((one) => harmless(one, longest))
}
