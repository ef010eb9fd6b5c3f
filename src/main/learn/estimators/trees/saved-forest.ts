import { z } from 'zod'
import { savedArray, unreadableState, type SavedState } from '../../saved-state.ts'
import { flawOf } from './forest-nodes.ts'
import { outputsOf, type ForestState } from './forest-state.ts'
import { loadColumns, saveColumns, savedColumnsSchema } from './saved-columns.ts'

// Arrays of a saved forest: those of its columns (saved-columns.ts) and of its trees (forest-state.ts); docs/model-bundle.md describes them.
const savedSchema = z.strictObject({
  formatVersion: z.literal(1),
  classes: z.array(z.string()),
  shares: z.array(z.number().min(0).max(1)),
  weighted: z.boolean(),
  mean: z.number(),
  deviation: z.number(),
  columns: savedColumnsSchema,
  importance: z.array(z.number().min(0)),
  outOfBag: z.strictObject({ measure: z.enum(['accuracy', 'r2']), value: z.number(), rows: z.int().min(1) }).nullable(),
})

/** A forest as JSON and typed arrays. */
export function saveForest({ columns, trees, ...rest }: ForestState): SavedState {
  const { json, arrays } = saveColumns(columns)
  return { json: { formatVersion: 1, ...rest, columns: json }, arrays: { ...arrays, ...trees } }
}

/** The inverse of `saveForest` for estimator `id`. Every index is checked: a damaged or hostile file throws MillraceError `corrupt` and nothing else. */
export function loadForest(saved: SavedState, id: string): ForestState {
  const parsed = savedSchema.safeParse(saved.json)
  if (!parsed.success) throw unreadableState(id, z.prettifyError(parsed.error))
  const { formatVersion: _version, columns: described, ...rest } = parsed.data
  const columns = loadColumns(described, saved, id)
  if (rest.importance.length !== columns.length) throw unreadableState(id, 'importance does not match the columns')
  if (rest.shares.length !== rest.classes.length) throw unreadableState(id, 'shares do not match the classes')
  const trees = {
    starts: savedArray<Int32Array>(saved, 'starts', Int32Array, id),
    nodes: savedArray<Int32Array>(saved, 'nodes', Int32Array, id),
    values: savedArray<Float32Array>(saved, 'values', Float32Array, id),
    sets: savedArray<Uint8Array>(saved, 'sets', Uint8Array, id),
  }
  const flaw = flawOf(trees, outputsOf(rest.classes), columns)
  if (flaw !== undefined) throw unreadableState(id, flaw)
  return { ...rest, columns, trees }
}
