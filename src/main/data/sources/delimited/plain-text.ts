import { readBlocks } from '../text/read-blocks.ts'
import type { CellSpelling } from './cell-spellings.ts'
import { rowAutomaton, type RowAutomaton } from './row-automaton.ts'

/** A text without quotes, whose cells stand in it as they are. */
export type PlainText = { readonly path: string; /** Lines before the first row. */ readonly skip: number; readonly delimiter: string; readonly lineEnd: '\n' | '\r\n' }

const LINE_FEED = 10

/**
 * True where every cell of a text is spelt as is said for its column: DuckDB can then read it as a value at once, and writing
 * that back gives the cell. One look at each byte; `stopped` is asked now and then, and ends it.
 */
export async function isSpeltSo({ path, skip, delimiter, lineEnd }: PlainText, spellings: readonly CellSpelling[], stopped: () => boolean): Promise<boolean> {
  const automaton = rowAutomaton(spellings, delimiter, lineEnd)
  let left = skip
  let state = automaton.start
  for await (const { bytes } of readBlocks(path, (block) => block.length)) {
    let from = 0
    while (left > 0 && from < bytes.length) {
      const end = bytes.indexOf(LINE_FEED, from)
      from = end < 0 ? bytes.length : end + 1
      if (end >= 0) left--
    }
    state = run(automaton, state, bytes, from)
    if (state === automaton.dead || stopped()) return false
  }
  return automaton.mayEnd(state)
}

function run({ classes, table }: RowAutomaton, from: number, bytes: Uint8Array, start: number): number {
  let state = from
  for (let at = start; at < bytes.length; at++) state = table[state + (classes[bytes[at] as number] as number)] as number
  return state
}
