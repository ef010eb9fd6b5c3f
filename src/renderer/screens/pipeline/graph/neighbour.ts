type Place = { readonly x: number; readonly y: number }

/** A direction that an arrow key means. */
export type Direction = 'up' | 'down' | 'left' | 'right'

/** Sideways distance counts so much more than distance along the arrow. */
const sideways = 2

/** The step that an arrow leads to: the nearest one in its direction; undefined at the edge. */
export function neighbour(from: string, direction: Direction, places: ReadonlyMap<string, Place>): string | undefined {
  const start = places.get(from)
  if (start === undefined) return [...places.keys()][0]
  const vertical = direction === 'up' || direction === 'down'
  const sign = direction === 'down' || direction === 'right' ? 1 : -1
  let best: { readonly key: string; readonly cost: number } | undefined
  for (const [key, { x, y }] of places) {
    const along = sign * (vertical ? y - start.y : x - start.x)
    if (key === from || along <= 0) continue
    const across = Math.abs(vertical ? x - start.x : y - start.y)
    // Left and right stay in the row.
    if (!vertical && across > 0) continue
    const cost = along + sideways * across
    if (best === undefined || cost < best.cost) best = { key, cost }
  }
  return best?.key
}
