import type { Archive } from './open-archive.ts'
import { cellRef } from './cell-ref.ts'
import type { SheetCell, SheetRow } from './sheet-rows.ts'

/** A merged block of cells, 0-based, both ends included. */
export type MergedBlock = { readonly top: number; readonly left: number; readonly bottom: number; readonly right: number }

const REFERENCE = /<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Za-z]+\d+:[A-Za-z]+\d+)"/g

/**
 * The merged blocks of a sheet, from top to bottom. They stand behind the rows in the file, so the part is passed over once for
 * them alone; no XML is parsed.
 */
export async function readMergedBlocks(archive: Archive, part: string, watch?: () => void): Promise<readonly MergedBlock[]> {
  const blocks: MergedBlock[] = []
  let text = ''
  for await (const bytes of await archive.read(part)) {
    watch?.()
    text += (bytes as Buffer).toString('latin1')
    for (const [, reference = ''] of text.matchAll(REFERENCE)) {
      const [from = '', to = ''] = reference.split(':')
      const [start, end] = [cellRef(from), cellRef(to)]
      blocks.push({ top: start.row, left: start.column, bottom: end.row, right: end.column })
    }
    const open = text.lastIndexOf('<')
    text = open >= 0 && !text.includes('>', open) ? text.slice(open, open + 4096) : ''
  }
  return blocks.toSorted((a, b) => a.top - b.top)
}

/** Gives every cell of a merged block its value, row after row in order, up to `width` columns; counts what it filled. */
export function createMergeFiller(blocks: readonly MergedBlock[]): { readonly filled: number; fill(row: SheetRow, width: number): SheetRow } {
  let next = 0
  let filled = 0
  let active: { readonly block: MergedBlock; readonly value: SheetCell | undefined }[] = []
  return {
    get filled() {
      return filled
    },
    fill(row, width) {
      for (let block = blocks[next]; block !== undefined && block.top <= row.number; block = blocks[++next]) {
        active.push({ block, value: block.top === row.number ? row.cells[block.left] : undefined })
      }
      active = active.filter(({ block }) => block.bottom >= row.number)
      if (active.length === 0) return row
      const cells = [...row.cells]
      for (const { block, value } of active) {
        if (value === undefined) continue
        while (cells.length < Math.min(width, block.right + 1)) cells.push(undefined)
        for (let column = block.left; column <= block.right && column < width; column++) {
          if (cells[column] !== undefined) continue
          cells[column] = value
          filled++
        }
      }
      return { number: row.number, cells }
    },
  }
}
