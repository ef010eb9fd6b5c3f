import { isDeepStrictEqual } from 'node:util'
import { isScalar, type Node, type Pair, type YAMLMap } from 'yaml'
import { pairEnd } from '../content-end.ts'
import { renderFlow, renderPair } from './render-yaml.ts'
import { hanging, lineEnd, lineStart, linesAfter, linesBefore, nextLine, startsLine, withCommentAbove, type Splice } from './splice.ts'
import type { Writing } from './writing.ts'

type Entry = { readonly pair: Pair; readonly name: string; readonly key: Node; readonly from: number; readonly end: number }

/** Splices that bring a mapping closer to the wanted one: at most one key is added or removed, any number of values change. */
export function mapSplices(map: YAMLMap, wanted: Readonly<Record<string, unknown>>, writing: Writing): readonly Splice[] | undefined {
  const { text, plain } = writing
  const entries = map.items.map((pair): Entry => {
    const key = pair.key as Node
    return { pair, name: String(plain(key)), key, from: key.range?.[0] ?? 0, end: pairEnd(text, pair) }
  })
  if (entries.length === 0) return map.flow === true ? undefined : []
  const kept = entries.filter(({ name }) => Object.hasOwn(wanted, name))
  if (kept.length === 0) return undefined
  const gone = entries.findIndex(({ name }) => !Object.hasOwn(wanted, name))
  const values = kept.flatMap((entry) => valueSplices(map, entry, wanted[entry.name], writing))
  if (gone >= 0) return [...values, removal(map, entries, gone, text)]
  const names = Object.keys(wanted)
  const added = names.findIndex((name) => !entries.some((entry) => entry.name === name))
  if (added < 0) return values
  return [...values, insertion(map, entries, { name: names[added] ?? '', value: wanted[names[added] ?? ''], after: names.slice(0, added) }, text)]
}

function valueSplices(map: YAMLMap, entry: Entry, wanted: unknown, writing: Writing): readonly Splice[] {
  const { text, plain } = writing
  const value = entry.pair.value as Node | null
  if (isDeepStrictEqual(value === null ? null : plain(value), wanted)) return []
  const inner = value === null ? undefined : writing.inside(value, wanted)
  if (inner !== undefined) return inner
  const key = text.slice(entry.from, entry.key.range?.[1] ?? entry.from)
  if (map.flow === true) return [{ from: entry.from, to: entry.end, text: `${key}: ${renderFlow(wanted)}` }]
  const quote = isScalar(value) ? value.type : undefined
  const lines = renderPair(key, wanted, quote)
  // A comment at the end of the line would become a part of a text of several lines.
  const to = lines.length > 1 ? lineEnd(text, entry.end) : entry.end
  return [{ from: entry.from, to, text: hanging(text, lines, columnOf(text, entry.from)) }]
}

function removal(map: YAMLMap, entries: readonly Entry[], index: number, text: string): Splice {
  const entry = entries[index] as Entry
  const next = entries[index + 1]
  const previous = entries[index - 1]
  if (map.flow === true) {
    if (next !== undefined) return { from: entry.from, to: next.from, text: '' }
    return { from: previous?.end ?? entry.from, to: entry.end, text: '' }
  }
  if (startsLine(text, entry.from)) return { from: withCommentAbove(text, lineStart(text, entry.from)), to: nextLine(text, entry.end), text: '' }
  return { from: entry.from, to: next?.from ?? entry.end, text: '' }
}

type Added = { readonly name: string; readonly value: unknown; readonly after: readonly string[] }

/** After the nearest key that comes before it in what is wanted, else before the first. */
function insertion(map: YAMLMap, entries: readonly Entry[], { name, value, after }: Added, text: string): Splice {
  const before = after.toReversed().map((one) => entries.find((entry) => entry.name === one)).find((entry) => entry !== undefined)
  const first = entries[0] as Entry
  const key = renderFlow(name)
  if (map.flow === true) {
    const rendered = `${key}: ${renderFlow(value)}`
    return before === undefined ? { from: first.from, to: first.from, text: `${rendered}, ` } : { from: before.end, to: before.end, text: `, ${rendered}` }
  }
  const column = columnOf(text, first.from)
  const lines = renderPair(key, value)
  if (before !== undefined) return linesAfter(text, before.end, lines, column)
  if (startsLine(text, first.from)) return linesBefore(text, lineStart(text, first.from), lines, column)
  return { from: first.from, to: first.from, text: hanging(text, [...lines, ' '], column).slice(0, -1) }
}

function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset)
}
