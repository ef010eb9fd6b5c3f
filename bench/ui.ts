import { coldStart } from './ui/cold-start.ts'
import { grid } from './ui/grid.ts'
import { leaderboard } from './ui/leaderboard.ts'
import { whileTraining } from './ui/while-training.ts'
import type { Bench, BenchResult } from './result.ts'

/** Parts of the bench of the window, in the order in which they run. */
const parts: readonly Bench[] = [grid, leaderboard, coldStart, whileTraining]

/** What the window waits for, against the limits that it promises: the column `peer` holds the limit. */
export const ui: Bench = async (options) => {
  const results: BenchResult[] = []
  for (const part of parts) results.push(...(await part(options)))
  return results
}
