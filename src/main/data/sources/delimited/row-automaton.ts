import { cellStates, type CellSpelling, type CellState } from './cell-spellings.ts'

/** Characters that some cell or row tells apart; all others are alike. */
const TOLD_APART = '0123456789+-.eE: '.split('')
/** Classes of bytes, a power of two: one for all others, one for each character told apart, and the ends of cells and lines. */
const CLASSES = 32
const [OTHER, DELIMITER, LINE_FEED, CARRIAGE_RETURN] = [0, 29, 30, 31]

/**
 * An automaton that reads rows byte by byte: `table[state + classes[byte]]` is the next state. `dead` it stays once a cell is not
 * spelt as wanted, or a row has more or fewer cells.
 */
export type RowAutomaton = {
  readonly classes: Uint8Array
  readonly table: Uint32Array
  readonly start: number
  readonly dead: number
  /** True in a state in which the text may end. */
  mayEnd(state: number): boolean
}

/** An automaton for rows whose cells are spelt so, one spelling for each column; no cell is in quotes. */
export function rowAutomaton(spellings: readonly CellSpelling[], delimiter: string, lineEnd: '\n' | '\r\n'): RowAutomaton {
  const classes = new Uint8Array(256)
  for (const [index, character] of TOLD_APART.entries()) classes[character.charCodeAt(0)] = index + 1
  classes[delimiter.charCodeAt(0)] = DELIMITER
  classes[10] = LINE_FEED
  classes[13] = CARRIAGE_RETURN
  const columns = spellings.map((spelling) => (spelling === 'any' ? [{ next: [], ends: true }] : cellStates[spelling]))
  const firsts: number[] = []
  let states = 2 // dead, and behind a carriage return
  for (const column of columns) {
    firsts.push(states)
    states += column.length
  }
  const table = new Uint32Array(states * CLASSES)
  const ends = new Uint8Array(states)
  const row = (index: number): number => index * CLASSES
  const [first = 0] = firsts
  table[row(1) + LINE_FEED] = row(first)
  for (const [column, cells] of columns.entries()) {
    const isLast = column + 1 === columns.length
    for (const [index, state] of cells.entries()) {
      const at = row((firsts[column] as number) + index)
      if (spellings[column] === 'any') table.fill(at, at + OTHER, at + DELIMITER)
      else follow(at, state, firsts[column] as number)
      const isEmptyLine = column === 0 && index === 0
      if (state.ends && !isLast) table[at + DELIMITER] = row(firsts[column + 1] as number)
      if ((state.ends && isLast) || isEmptyLine) {
        table[at + (lineEnd === '\n' ? LINE_FEED : CARRIAGE_RETURN)] = row(lineEnd === '\n' ? first : 1)
        ends[at / CLASSES] = 1
      }
    }
  }
  return { classes, table, start: row(first), dead: 0, mayEnd: (state) => ends[state / CLASSES] === 1 }

  function follow(at: number, { next }: CellState, base: number): void {
    for (const [characters, to] of next) {
      for (const character of characters) {
        const byClass = classes[character.charCodeAt(0)] as number
        // A cell without quotes cannot hold what ends it.
        if (byClass < DELIMITER) table[at + byClass] = row(base + to)
      }
    }
  }
}
