import type { PageColumn } from '#shared/contract/datasets.ts'

/** A cell of a page: null and NaN are empty. */
export type Cell = string | number | null

/** What was read of a view. */
export type ReadPage = { readonly rows: number; readonly columns: readonly PageColumn[]; readonly total: number | null; readonly milliseconds: number }

/** Cells of a view that were read, block by block; only the columns that are shown are asked for. */
export type RowStore = {
  /** Reads what is missing of the block; gives how many rows it has. */
  load(block: number, columns: readonly string[]): Promise<number>
  /** The cell; undefined while it is not read. */
  cell(row: number, column: string): Cell | undefined
  /** Blocks that hold one of these rows and lack one of these columns. */
  missing(from: number, to: number, columns: readonly string[]): readonly number[]
  /** Rows of the view; null until it is known. */
  total(): number | null
  /** Says how many rows the view has. */
  count(total: number): void
  /** How long the page took that was read last. */
  milliseconds(): number | null
}

/** Rows of a block. */
export const BLOCK_ROWS = 100

/** Blocks that are kept: some screens in either direction. */
const KEPT_BLOCKS = 60

type Block = { rows: number; readonly columns: Map<string, PageColumn['values']>; readonly asked: Set<string> }

/** A store of a view that `read` reads; `onTotal` is told once how many rows the view has. */
export function createRowStore(read: (columns: readonly string[], offset: number, rows: number) => Promise<ReadPage>, onTotal: (total: number) => void): RowStore {
  const blocks = new Map<number, Block>()
  let total: number | null = null
  let milliseconds: number | null = null

  const keep = (index: number): Block => {
    const block = blocks.get(index) ?? { rows: BLOCK_ROWS, columns: new Map<string, PageColumn['values']>(), asked: new Set<string>() }
    blocks.delete(index)
    blocks.set(index, block)
    for (const oldest of blocks.keys()) {
      if (blocks.size <= KEPT_BLOCKS) break
      blocks.delete(oldest)
    }
    return block
  }
  const count = (known: number): void => {
    if (total === known) return
    total = known
    onTotal(known)
  }
  return {
    async load(index, columns) {
      const block = keep(index)
      const wanted = columns.filter((name) => !block.asked.has(name))
      if (wanted.length === 0) return block.rows
      for (const name of wanted) block.asked.add(name)
      try {
        const page = await read(wanted, index * BLOCK_ROWS, BLOCK_ROWS)
        block.rows = page.rows
        for (const { name, values } of page.columns) block.columns.set(name, values)
        milliseconds = page.milliseconds
        if (page.total !== null) count(page.total)
        return page.rows
      } catch (error) {
        for (const name of wanted) block.asked.delete(name)
        throw error
      }
    },
    cell(row, column) {
      const values = blocks.get(Math.floor(row / BLOCK_ROWS))?.columns.get(column)
      return values === undefined ? undefined : (values[row % BLOCK_ROWS] ?? null)
    },
    missing(from, to, columns) {
      const found: number[] = []
      for (let index = Math.floor(from / BLOCK_ROWS); index <= Math.floor(to / BLOCK_ROWS); index++) {
        const block = blocks.get(index)
        if (block === undefined || columns.some((name) => !block.asked.has(name))) found.push(index)
      }
      return found
    },
    total: () => total,
    count,
    milliseconds: () => milliseconds,
  }
}
