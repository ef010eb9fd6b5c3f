import { z } from 'zod'
import { savedArray, unreadableState, type SavedState } from '../../saved-state.ts'
import type { ColumnBins } from './column-bins.ts'

/** JSON of the bins of every column; their numbers are in the arrays `thresholds` (f32, column after column) and `codes` (u8: bins by code). */
export const savedColumnsSchema = z.array(
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('numeric'), thresholds: z.int().min(0).max(254), hasMissing: z.boolean() }),
    z.strictObject({ kind: z.literal('categorical'), codes: z.int().min(0), bins: z.int().min(1).max(255), hasMissing: z.boolean() }),
  ]),
)

/** Bins of every column as JSON. */
export type SavedColumns = z.infer<typeof savedColumnsSchema>

/** Bins of every column as JSON and arrays. */
export function saveColumns(columns: readonly ColumnBins[]): {
  readonly json: SavedColumns
  readonly arrays: { readonly thresholds: Float32Array; readonly codes: Uint8Array }
} {
  return {
    json: columns.map((column) =>
      column.kind === 'numeric'
        ? { kind: 'numeric', thresholds: column.thresholds.length, hasMissing: column.hasMissing }
        : { kind: 'categorical', codes: column.binOfCode.length, bins: column.bins, hasMissing: column.hasMissing },
    ),
    arrays: {
      thresholds: Float32Array.from(columns.flatMap((column) => (column.kind === 'numeric' ? [...column.thresholds] : []))),
      codes: Uint8Array.from(columns.flatMap((column) => (column.kind === 'categorical' ? [...column.binOfCode] : []))),
    },
  }
}

/** The inverse of `saveColumns`; throws `corrupt`, in the name of estimator `id`, where numbers are missing or out of order. */
export function loadColumns(described: SavedColumns, saved: SavedState, id: string): readonly ColumnBins[] {
  const thresholds = savedArray<Float32Array>(saved, 'thresholds', Float32Array, id)
  const codes = savedArray<Uint8Array>(saved, 'codes', Uint8Array, id)
  let nextThreshold = 0
  let nextCode = 0
  const columns = described.map((column): ColumnBins => {
    if (column.kind === 'numeric') {
      const own = thresholds.slice(nextThreshold, (nextThreshold += column.thresholds))
      if (own.some((value, i) => Number.isNaN(value) || (i > 0 && value <= (own[i - 1] as number)))) throw unreadableState(id, 'thresholds do not ascend')
      return { kind: 'numeric', thresholds: own, hasMissing: column.hasMissing }
    }
    const own = codes.slice(nextCode, (nextCode += column.codes))
    if (own.some((bin) => bin >= column.bins)) throw unreadableState(id, 'a category has a bin that does not exist')
    return { kind: 'categorical', binOfCode: own, bins: column.bins, hasMissing: column.hasMissing }
  })
  if (nextThreshold !== thresholds.length || nextCode !== codes.length) throw unreadableState(id, 'thresholds or codes do not match the columns')
  return columns
}
