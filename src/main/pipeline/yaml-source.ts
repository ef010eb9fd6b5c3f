import { isAlias, isMap, isPair, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml'
import type { LintFinding } from '#shared/domain/pipeline.ts'
import { contentEnd } from './content-end.ts'

/** Keys and indexes from the top of the file down to a value. */
export type ValuePath = readonly (string | number)[]

/** Where something stands, 1-based. */
export type Position = { readonly line: number; readonly column: number }

/** A YAML file as plain data that remembers where each value stands. */
export type YamlSource = {
  readonly file: string
  readonly value: unknown
  /** Position of a value, or of its nearest ancestor that is in the file. */
  positionOf(path: ValuePath): Position
  /** Position of a key; of the map where it is missing. */
  positionOfKey(path: ValuePath): Position
  /** First and last line of a value, or of its nearest ancestor that is in the file; comments around it do not count. */
  linesOf(path: ValuePath): { readonly from: number; readonly to: number }
  /** A scalar as its characters stand in the file, without quotes; undefined where there is none. */
  textOf(path: ValuePath): string | undefined
}

const maximalBytes = 1 << 18
/** Pipelines need few aliases; what expands to more is taken for an attack on memory. */
const maximalAliases = 32
const maximalDepth = 50

/** Reads YAML 1.2: one document, no tabs, no duplicate keys, no custom tags, no explosion of aliases. */
export function parseYaml(text: string, file: string): { readonly source: YamlSource } | { readonly findings: readonly LintFinding[] } {
  const lines = new LineCounter()
  const finding = (message: string, offset = 0): LintFinding => {
    const at = lines.linePos(offset)
    return { rule: 'yaml', message, file, line: Math.max(1, at.line), column: Math.max(1, at.col) }
  }
  if (Buffer.byteLength(text) > maximalBytes) return { findings: [finding('the file is larger than 256 KiB, which no pipeline is')] }
  if (text.includes('\0')) return { findings: [finding('the file is not text; it holds zero bytes', text.indexOf('\0'))] }
  try {
    const document = parseDocument(text.replace(/^\uFEFF/, ''), { lineCounter: lines, prettyErrors: false, uniqueKeys: true, stringKeys: true })
    const problems = [...document.errors, ...document.warnings]
    if (problems.length > 0) return { findings: problems.map((problem) => finding(inWords(problem.code, problem.message), problem.pos[0])) }
    const value: unknown = document.toJS({ maxAliasCount: maximalAliases })
    if (isTooDeep(value, maximalDepth)) return { findings: [finding('the file is nested far too deep, or an alias (*name) holds itself')] }
    return { source: sourceOf(document, { lines, file, value, text: text.replace(/^\uFEFF/, '') }) }
  } catch (error) {
    // The library throws this for aliases that expand too far.
    if (error instanceof ReferenceError) return { findings: [finding('aliases (*name) expand to far too much')] }
    throw error
  }
}

function isTooDeep(value: unknown, depth: number): boolean {
  if (value === null || typeof value !== 'object') return false
  return depth === 0 || Object.values(value).some((member) => isTooDeep(member, depth - 1))
}

function inWords(code: string, message: string): string {
  if (code === 'TAB_AS_INDENT') return 'a tab is used to indent; YAML takes spaces only'
  if (code === 'RESOURCE_EXHAUSTION') return 'the file is nested far too deep'
  if (code === 'NON_STRING_KEY') return 'a key is a list or a mapping; keys are words'
  if (code === 'DUPLICATE_KEY') return 'this key stands here a second time'
  if (code === 'MULTIPLE_DOCS') return 'the file holds several documents (---); a pipeline is one'
  return message.charAt(0).toLowerCase() + message.slice(1)
}

type Read = { readonly lines: LineCounter; readonly file: string; readonly value: unknown; readonly text: string }

function sourceOf(document: Document, { lines, file, value, text }: Read): YamlSource {
  const resolve = (node: Node | null | undefined): Node | undefined =>
    isAlias(node) ? node.resolve(document) : (node ?? undefined)
  const child = (node: Node | undefined, key: string | number): Node | undefined => {
    if (isMap(node)) return resolve(pairOf(node, key)?.value as Node | null | undefined)
    if (isSeq(node) && typeof key === 'number') return resolve(node.items[key] as Node | undefined)
    return undefined
  }
  const top = resolve(document.contents)
  const position = (node: Node | undefined): Position => {
    const at = lines.linePos(node?.range?.[0] ?? 0)
    return { line: Math.max(1, at.line), column: Math.max(1, at.col) }
  }
  const nearest = (path: ValuePath): Node | undefined => {
    let node = top
    for (const key of path) {
      const next = child(node, key)
      if (next === undefined) return node
      node = next
    }
    return node
  }
  const exact = (path: ValuePath): Node | undefined => path.reduce<Node | undefined>((node, key) => child(node, key), top)
  return {
    file,
    value,
    positionOf: (path) => position(nearest(path)),
    positionOfKey(path) {
      const map = exact(path.slice(0, -1))
      const key = path.at(-1)
      const pair = isMap(map) && key !== undefined ? pairOf(map, key) : undefined
      return position((pair?.key as Node | undefined) ?? nearest(path))
    },
    linesOf(path) {
      const node = nearest(path)
      const last = node === undefined ? 0 : contentEnd(text, node)
      return { from: position(node).line, to: Math.max(1, lines.linePos(Math.max(0, last - 1)).line) }
    },
    textOf(path) {
      const node = exact(path)
      return isScalar(node) && node.value !== null ? node.source : undefined
    },
  }
}

function pairOf(map: Node, key: string | number) {
  if (!isMap(map)) return undefined
  return map.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(key))
}
