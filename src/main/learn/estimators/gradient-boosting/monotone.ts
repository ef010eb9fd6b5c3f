import { MillraceError } from '#shared/errors.ts'
import type { MatrixColumn } from '../../../table/matrix.ts'
import type { KernelPool } from '../../../wasm/kernel-pool.ts'
import type { BoostingParams } from './params.ts'
import type { FoundSplit } from './split-search.ts'

/** Directions by column in the kernels' memory, and by JavaScript: 1 rising, −1 falling, 0 free. */
export type Directions = { readonly address: number; readonly of: readonly number[] }

/** Bounds of a node's value, before the learning rate. */
export type Bounds = { readonly low: number; readonly high: number }

/** No bounds. */
export const FREE: Bounds = { low: -Infinity, high: Infinity }

/**
 * Direction per matrix column, undefined where none is asked for. A name is that of a matrix column or of the dataset column it was made from; all
 * numeric columns made from that one are meant. Throws `invalid-parameter` for unknown columns, categories and more than two classes.
 */
export function directionsOf({ monotone }: BoostingParams, columns: readonly MatrixColumn[], outputs: number): readonly number[] | undefined {
  const asked = Object.entries(monotone)
  if (asked.length === 0) return undefined
  if (outputs > 1) throw refused('monotone does not go with more than two classes', 'A column cannot raise the probability of every class.', 'Remove monotone, or predict two classes.')
  const directions = columns.map(() => 0)
  for (const [name, direction] of asked) {
    const meant = [...columns.keys()].filter((j) => columns[j]?.name === name || columns[j]?.source === name)
    if (meant.length === 0) throw refused('monotone names a column that does not enter the model', `There is no column "${name}" among ${columns.length} columns.`, 'Check the spelling, and whether features/recipe drops the column.')
    if (meant.some((j) => columns[j]?.kind === 'categorical')) throw refused('monotone names a column of categories', `Column "${name}" holds categories, which have no order to rise or fall with.`, 'Remove it from monotone, or make the column a number.')
    for (const j of meant) directions[j] = direction === 'increasing' ? 1 : -1
  }
  return directions
}

function refused(headline: string, message: string, nextStep: string): MillraceError {
  return new MillraceError({ code: 'invalid-parameter', headline, message, nextStep })
}

/** Copies directions into the kernels' memory. */
export function placeDirections(pool: KernelPool, of: readonly number[]): Directions {
  const address = pool.arena.allocate(of.length * 4)
  pool.arena.int32(address, of.length).set(of)
  return { address, of }
}

/** Bounds of both sides of a split: those of its node and, by a constrained column, the middle between the sides' values. */
export function boundsBelow(node: Bounds, split: FoundSplit, directions: Directions, left: number, right: number): readonly [Bounds, Bounds] {
  const direction = directions.of[split.feature] ?? 0
  if (direction === 0) return [node, node]
  const middle = (within(left, node) + within(right, node)) / 2
  const [below, above] = [{ ...node, high: middle }, { ...node, low: middle }]
  return direction > 0 ? [below, above] : [above, below]
}

/** The nearest value within bounds. */
export function within(value: number, { low, high }: Bounds): number {
  return Math.max(low, Math.min(high, value))
}
