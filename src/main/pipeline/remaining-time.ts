/** Seconds that are left if the work goes on as fast as it did; undefined while too little is done to say. */
export function remainingSeconds(fraction: number, elapsedSeconds: number): number | undefined {
  if (elapsedSeconds < 1 || fraction < 0.02) return undefined
  return (elapsedSeconds * (1 - fraction)) / fraction
}
