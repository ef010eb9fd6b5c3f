import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { createRng } from '../src/main/base/rng.ts'

const CITIES = ['Berlin', 'Paris', 'Rome', 'Madrid', 'Oslo', 'Vienna', 'Lisbon', 'Prague']
const ROWS_PER_WRITE = 20_000

/** Names of the columns of the generated trips: a key, a moment, texts of few and of many values, whole numbers, decimals, gaps. */
export const tripColumns = ['id', 'started', 'city', 'driver', 'seconds', 'metres', 'fare', 'tip', 'latitude', 'longitude', 'passengers', 'shared'] as const

/** Writes a CSV of `rows` generated trips; the same seed gives the same bytes (about 95 a row). */
export async function writeTrips(path: string, rows: number, seed: number): Promise<void> {
  const rng = createRng(seed)
  const file = createWriteStream(path)
  file.write(`${tripColumns.join(',')}\n`)
  for (let row = 0; row < rows; row += ROWS_PER_WRITE) {
    const lines: string[] = []
    for (let id = row; id < Math.min(rows, row + ROWS_PER_WRITE); id++) lines.push(trip(id, rng))
    if (!file.write(`${lines.join('\n')}\n`)) await once(file, 'drain')
  }
  file.end()
  await once(file, 'close')
}

function trip(id: number, rng: ReturnType<typeof createRng>): string {
  const moment = new Date(Date.UTC(2023, 0, 1) + rng.below(365 * 86400) * 1000).toISOString()
  const seconds = Math.round(Math.exp(6.5 + 0.7 * rng.normal()))
  const metres = Math.round(seconds * (4 + 3 * rng.uniform()))
  const fare = 3 + metres / 900
  const tip = rng.uniform() < 0.3 ? '' : (fare * 0.2 * rng.uniform()).toFixed(2)
  return [
    id + 1,
    `${moment.slice(0, 10)} ${moment.slice(11, 19)}`,
    CITIES[rng.below(CITIES.length)],
    `D${String(rng.below(20_000)).padStart(5, '0')}`,
    seconds,
    metres,
    fare.toFixed(2),
    tip,
    (52.5 + 0.1 * rng.normal()).toFixed(6),
    (13.4 + 0.1 * rng.normal()).toFixed(6),
    1 + rng.below(5),
    rng.uniform() < 0.2 ? 'yes' : 'no',
  ].join(',')
}
