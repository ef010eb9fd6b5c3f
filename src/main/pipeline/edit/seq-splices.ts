import { isCollection, isNode, type Node, type YAMLSeq } from 'yaml'
import { canonicalJson } from '../../base/hash.ts'
import { contentEnd } from '../content-end.ts'
import { isRecord, renderFlow, renderItem } from './render-yaml.ts'
import { hanging, lineStart, linesAfter, linesBefore, nextLine, withCommentAbove, type Splice } from './splice.ts'
import type { Writing } from './writing.ts'

type Item = { readonly node: Node; readonly from: number; readonly end: number }

/** Splices that bring a list closer to the wanted one: at most one item is added or removed, any number of others change. */
export function seqSplices(seq: YAMLSeq, wanted: readonly unknown[], writing: Writing): readonly Splice[] | undefined {
  const { text, plain } = writing
  if (seq.items.length === 0 || wanted.length === 0 || !seq.items.every((item) => isNode(item))) return undefined
  const items = seq.items.map((node): Item => ({ node: node as Node, from: (node as Node).range?.[0] ?? 0, end: contentEnd(text, node as Node) }))
  const { pairs, removed, added } = align(items.map(({ node }) => plain(node)), wanted)
  const changes = pairs.flatMap(([index, at]) => itemSplices(seq, items[index] as Item, wanted[at], writing))
  if (removed !== undefined) return [...changes, removal(seq, items, removed, text)]
  if (added !== undefined) return [...changes, insertion(seq, items, added, wanted[added], text)]
  return changes
}

type Alignment = { readonly pairs: readonly (readonly [number, number])[]; readonly removed: number | undefined; readonly added: number | undefined }

/** Which item becomes which: one by one where there are as many, else by what they share at both ends. */
function align(has: readonly unknown[], wanted: readonly unknown[]): Alignment {
  if (has.length === wanted.length) return { pairs: has.map((_, index) => [index, index] as const), removed: undefined, added: undefined }
  const a = has.map(sameness)
  const b = wanted.map(sameness)
  const shorter = Math.min(a.length, b.length)
  let head = 0
  while (head < shorter && a[head] === b[head]) head++
  let tail = 0
  while (tail < shorter - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++
  const pairs = [
    ...Array.from({ length: head }, (_, index) => [index, index] as const),
    ...Array.from({ length: tail }, (_, index) => [a.length - tail + index, b.length - tail + index] as const),
  ]
  return a.length > b.length ? { pairs, removed: head, added: undefined } : { pairs, removed: undefined, added: head }
}

/** Steps are the same while their id is; other items while they are equal. */
function sameness(value: unknown): string {
  return isRecord(value) && typeof value['id'] === 'string' ? `id ${value['id']}` : canonicalJson(value)
}

function itemSplices(seq: YAMLSeq, item: Item, wanted: unknown, writing: Writing): readonly Splice[] {
  const inner = writing.inside(item.node, wanted)
  if (inner !== undefined) return inner
  if (seq.flow === true) return [{ from: item.from, to: item.end, text: renderFlow(wanted) }]
  const lines = renderItem(wanted)
  const [first = '', ...rest] = lines
  return [{ from: item.from, to: item.end, text: hanging(writing.text, [first.slice(2), ...rest], item.from - lineStart(writing.text, item.from) - 2) }]
}

function removal(seq: YAMLSeq, items: readonly Item[], index: number, text: string): Splice {
  const item = items[index] as Item
  const next = items[index + 1]
  const previous = items[index - 1]
  if (seq.flow === true) {
    if (next !== undefined) return { from: item.from, to: next.from, text: '' }
    return { from: previous?.end ?? item.from, to: item.end, text: '' }
  }
  return { from: withCommentAbove(text, dashLine(item, text)), to: nextLine(text, item.end), text: '' }
}

/** New items look like their neighbours: on one line where these are. */
function insertion(seq: YAMLSeq, items: readonly Item[], index: number, value: unknown, text: string): Splice {
  const previous = items[index - 1]
  const first = items[0] as Item
  if (seq.flow === true) {
    return previous === undefined ? { from: first.from, to: first.from, text: `${renderFlow(value)}, ` } : { from: previous.end, to: previous.end, text: `, ${renderFlow(value)}` }
  }
  const neighbour = (previous ?? first).node
  const lines = isCollection(neighbour) && neighbour.flow === true ? [`- ${renderFlow(value)}`] : renderItem(value)
  const column = dashColumn(seq, text)
  if (previous !== undefined) return linesAfter(text, previous.end, lines, column)
  return linesBefore(text, withCommentAbove(text, dashLine(first, text)), lines, column)
}

function dashColumn(seq: YAMLSeq, text: string): number {
  const from = seq.range?.[0] ?? 0
  return from - lineStart(text, from)
}

function dashLine(item: Item, text: string): number {
  return lineStart(text, item.from)
}
