import { ownSpace } from './own-space.ts'
import type { Stage } from './stage.ts'

/** Rows are filled up with zeros to whole tiles of the kernels, more than they take for few rows, where they add up in another order: a row alone shall get the same bits. */
const TILE_ROWS = 6
const LEAST_ROWS = 12
/** Rows and numbers that go through a network at a time. */
const [MOST_ROWS, MOST_NUMBERS] = [1020, 8_000_000]

/** What networks say on average about rows of numbers, row after row; each network is a list of stages behind one another, all of the same form. */
export function runStages(networks: readonly (readonly Stage[])[], numbers: Float32Array, rows: number): Float32Array {
  const outputs = networks[0]?.at(-1)?.width ?? 0
  const sums = new Float64Array(rows * outputs)
  if (rows === 0) return Float32Array.from(sums)
  const { arena } = ownSpace()
  for (const stages of networks) {
    const mark = arena.mark()
    try {
      addScores(stages, numbers, rows, 1 / networks.length, sums)
    } finally {
      arena.release(mark)
    }
  }
  return Float32Array.from(sums)
}

function addScores(stages: readonly Stage[], numbers: Float32Array, rows: number, share: number, sums: Float64Array): void {
  const space = ownSpace()
  const { arena } = space
  const width = numbers.length / rows
  const outputs = sums.length / rows
  const runs = stages.map((stage) => stage.place(space))
  const rowNumbers = stages.reduce((sum, { room }) => sum + room, width)
  const chunk = Math.max(LEAST_ROWS, Math.min(MOST_ROWS, Math.floor(MOST_NUMBERS / rowNumbers / TILE_ROWS) * TILE_ROWS))
  for (let from = 0; from < rows; from += chunk) {
    const to = Math.min(rows, from + chunk)
    const mark = arena.mark()
    const count = Math.max(LEAST_ROWS, Math.ceil((to - from) / TILE_ROWS) * TILE_ROWS)
    const input = arena.allocate(count * width * 4)
    const cells = arena.float32(input, count * width)
    cells.set(numbers.subarray(from * width, to * width))
    cells.fill(0, (to - from) * width)
    const output = runs.reduce((at, run) => run(at, count), input)
    arena.float32(output, (to - from) * outputs).forEach((score, i) => {
      sums[from * outputs + i] = (sums[from * outputs + i] as number) + score * share
    })
    arena.release(mark)
  }
}
