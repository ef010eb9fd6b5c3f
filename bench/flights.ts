import { createRng } from '../src/main/base/rng.ts'

/** Generated flights: will one be late? Shaped like the airline data that boosting libraries are compared on. */
export type Flights = {
  readonly rows: number
  /** Float32, column after column. */
  readonly values: Float32Array<SharedArrayBuffer>
  /** 0 or 1 per row. */
  readonly late: Int32Array<SharedArrayBuffer>
}

/** Columns of the generated flights. */
export const flightColumns = [
  ...['month', 'weekday', 'day', 'departure', 'carrier', 'origin', 'destination', 'distance'],
  ...['temperature', 'wind', 'visibility', 'load', 'age', 'noise1', 'noise2'],
] as const

/** Draws `rows` flights; the same seed gives the same flights. */
export function drawFlights(rows: number, seed: number): Flights {
  const rng = createRng(seed)
  const effects = createRng(1)
  const effect = (count: number, deviation: number): number[] => Array.from({ length: count }, () => effects.normal() * deviation)
  const [byCarrier, byOrigin, byDestination] = [effect(22, 0.5), effect(250, 0.6), effect(250, 0.4)]
  const values = new Float32Array(new SharedArrayBuffer(rows * flightColumns.length * 4))
  const late = new Int32Array(new SharedArrayBuffer(rows * 4))
  const exponential = (): number => -Math.log(1 - rng.uniform())
  const airport = (): number => Math.min(249, Math.floor(exponential() / 0.0202))
  for (let i = 0; i < rows; i++) {
    const month = rng.below(12)
    const weekday = rng.below(7)
    const departure = rng.below(2400)
    const [carrier, origin, destination] = [rng.below(22), airport(), airport()]
    const distance = 400 * (exponential() + exponential())
    const wind = 6 * (exponential() + exponential())
    const visibility = Math.min(10, 8 * exponential())
    const load = Math.max(rng.uniform(), rng.uniform(), rng.uniform())
    const [noise1, noise2] = [rng.normal(), rng.normal()]
    const temperature = 15 + 10 * rng.normal() + 8 * Math.sin((month / 12) * 2 * Math.PI)
    const age = 4 * (exponential() + exponential() + exponential())
    const row = [month, weekday, rng.below(31) + 1, departure, carrier, origin, destination, distance, temperature, wind, visibility, load, age, noise1, noise2]
    row.forEach((value, j) => {
      values[j * rows + i] = value
    })
    const score =
      -1.2 +
      (byCarrier[carrier] as number) +
      (byOrigin[origin] as number) +
      (byDestination[destination] as number) +
      0.9 * Math.sin(((departure - 600) / 2400) * 2 * Math.PI) +
      0.03 * (wind - 10) -
      (wind > 15 ? 0.12 * (visibility - 6) : 0) +
      (load > 0.8 && weekday >= 4 ? 0.5 : 0) +
      0.25 * noise1 * noise2 -
      0.0002 * distance +
      (month > 5 && month < 8 ? 0.4 : 0)
    late[i] = rng.uniform() < 1 / (1 + Math.exp(-score)) ? 1 : 0
  }
  return { rows, values, late }
}

/** Area under the ROC curve of scores for 0/1 labels, ties counted half (Mann–Whitney). */
export function areaUnderCurve(labels: Int32Array, scores: Float64Array): number {
  const order = Uint32Array.from(labels.keys()).sort((a, b) => (scores[a] as number) - (scores[b] as number))
  let [rankSum, positives, i] = [0, 0, 0]
  while (i < order.length) {
    let end = i + 1
    while (end < order.length && scores[order[end] as number] === scores[order[i] as number]) end++
    const rank = (i + 1 + end) / 2
    for (; i < end; i++) {
      if (labels[order[i] as number] !== 1) continue
      rankSum += rank
      positives++
    }
  }
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * (labels.length - positives))
}
