import { isCollection, isMap, isNode, isScalar, type Node, type Pair } from 'yaml'

/**
 * Offset after the last character of a value, without the comments, blank lines and line ends that YAML counts to block
 * collections and block texts.
 */
export function contentEnd(text: string, node: Node): number {
  if (isCollection(node) && node.flow !== true) {
    const last = node.items.at(-1)
    if (last === undefined) return node.range?.[1] ?? 0
    return isMap(node) ? pairEnd(text, last as Pair) : isNode(last) ? contentEnd(text, last) : (node.range?.[1] ?? 0)
  }
  const end = node.range?.[1] ?? 0
  const isBlockText = isScalar(node) && (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED')
  return isBlockText ? node.range?.[0] === undefined ? end : Math.max(node.range[0], trimmedEnd(text, end)) : end
}

/** Offset after the last character of a pair: its value, or its colon where it has none. */
export function pairEnd(text: string, pair: Pair): number {
  const key = (pair.key as Node).range?.[1] ?? 0
  const value = pair.value as Node | null
  const hasValue = value?.range !== undefined && value.range !== null && value.range[1] > value.range[0]
  return hasValue ? contentEnd(text, value) : text.indexOf(':', key) + 1
}

function trimmedEnd(text: string, end: number): number {
  let at = end
  while (at > 0 && /\s/.test(text[at - 1] ?? '')) at--
  return at
}
