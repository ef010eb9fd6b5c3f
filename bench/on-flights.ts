import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { drawFlights, type Flights } from './flights.ts'
import { bytesOf } from './measure.ts'
import type { BenchResult } from './result.ts'

/** Flights to learn from and others to predict, also as files in `folder` for the peer. */
export type FlightWork = { readonly folder: string; readonly train: Flights; readonly test: Flights; readonly threads: number }

/** Measures once for each number of training rows, with one thread and with two; the files are removed afterwards. */
export async function onFlights(rows: readonly number[], testRows: number, measure: (work: FlightWork) => Promise<readonly BenchResult[]>): Promise<readonly BenchResult[]> {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-bench-'))
  try {
    const test = drawFlights(testRows, 13)
    await writeFile(join(folder, 'test.values'), bytesOf(test.values))
    const results: BenchResult[] = []
    for (const count of rows) {
      const train = drawFlights(count, 11)
      await writeFile(join(folder, 'train.values'), bytesOf(train.values))
      await writeFile(join(folder, 'train.labels'), bytesOf(train.late))
      for (const threads of [1, 2]) results.push(...(await measure({ folder, train, test, threads })))
    }
    return results
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
