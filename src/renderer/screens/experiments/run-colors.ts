/** Runs that have a colour of their own; more are drawn muted. */
export const COLORED = 5

/** Token of the colour of the run at that place among those selected. */
export function runColor(place: number): string {
  return place >= 0 && place < COLORED ? `var(--mr-cat-${String(place + 1)})` : 'var(--mr-plot-mute)'
}
