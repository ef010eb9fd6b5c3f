import { isDeepStrictEqual } from 'node:util'
import { isAlias, isMap, isNode, isScalar, isSeq, parseDocument, type Document } from 'yaml'
import { MillraceError } from '#shared/errors.ts'
import { mapSplices } from './map-splices.ts'
import { renderFlow, renderPair } from './render-yaml.ts'
import { seqSplices } from './seq-splices.ts'
import { applySplices, type Splice } from './splice.ts'
import type { Writing } from './writing.ts'

/** Passes after which the text is taken for one that cannot be brought there. */
const maximalPasses = 500

/**
 * The YAML text changed so that it reads as `wanted`: only what differs is written anew, so that comments, order, quotes and
 * indentation of all else stay. The text must be readable and hold a mapping or nothing.
 */
export function writeYaml(text: string, wanted: Readonly<Record<string, unknown>>): string {
  const written = bring(text, wanted) ?? bring(withoutAliases(text), wanted)
  if (written !== undefined) return written
  throw new MillraceError({
    code: 'unsupported',
    headline: 'This change cannot be made here',
    message: 'The pipeline file uses a form of YAML that only an editor can change.',
    nextStep: 'Change it in the YAML beside the graph.',
  })
}

function bring(start: string, wanted: unknown): string | undefined {
  let text = start
  for (let pass = 0; pass < maximalPasses; pass++) {
    const document = parseDocument(text, { prettyErrors: false, uniqueKeys: true, stringKeys: true })
    if (document.errors.length > 0) return undefined
    const value = plainOf(document)
    if (value === failed) return undefined
    if (isDeepStrictEqual(value, wanted)) return text
    const next = applySplices(text, splicesOf(text, document, wanted))
    if (next === text) return undefined
    text = next
  }
  return undefined
}

const failed = Symbol('an alias without an anchor')

function plainOf(document: Document): unknown {
  try {
    return document.toJS() as unknown
  } catch {
    return failed
  }
}

function splicesOf(text: string, document: Document, wanted: unknown): readonly Splice[] {
  const plain = (node: unknown): unknown => (isNode(node) ? (node.toJS(document) as unknown) : node)
  const writing: Writing = {
    text,
    plain,
    inside(node, value) {
      if (isAlias(node)) return undefined
      if (isMap(node) && value !== null && typeof value === 'object' && !Array.isArray(value)) return mapSplices(node, value as Readonly<Record<string, unknown>>, writing)
      if (isSeq(node) && Array.isArray(value)) return seqSplices(node, value, writing)
      return isDeepStrictEqual(plain(node), value) ? [] : undefined
    },
  }
  const top = document.contents
  if (top === null || (isScalar(top) && top.value === null)) {
    const lines = Object.entries(wanted as object).flatMap(([key, value]) => renderPair(key, value))
    return [{ from: text.length, to: text.length, text: `${text === '' || text.endsWith('\n') ? '' : '\n'}${lines.join('\n')}\n` }]
  }
  return writing.inside(top, wanted) ?? []
}

/** The text with every alias replaced by what it stands for. */
function withoutAliases(text: string): string {
  const document = parseDocument(text, { prettyErrors: false, uniqueKeys: true, stringKeys: true })
  const splices: Splice[] = []
  const walk = (node: unknown): void => {
    if (isAlias(node) && node.range) splices.push({ from: node.range[0], to: node.range[1], text: renderFlow(node.toJS(document)) })
    else if (isMap(node)) for (const pair of node.items) walk(pair.value)
    else if (isSeq(node)) for (const item of node.items) walk(item)
  }
  walk(document.contents)
  return applySplices(text, splices)
}
