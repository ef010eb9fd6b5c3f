import type { Node } from 'yaml'
import type { Splice } from './splice.ts'

/** What the writers of mappings and lists know of the document. */
export type Writing = {
  readonly text: string
  /** Splices that bring a value closer to what is wanted; none where it is so already, `undefined` where it must be written anew. */
  inside(node: Node, wanted: unknown): readonly Splice[] | undefined
  /** A node as plain data. */
  plain(node: unknown): unknown
}
