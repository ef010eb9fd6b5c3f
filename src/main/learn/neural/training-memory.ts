import { MillraceError, toErrorData } from '#shared/errors.ts'
import { formatBytes } from '../../base/byte-size.ts'

/** Rows that are looked at at a time without learning from them, and what all that they give may take. */
const [LOOK_ROWS, LOOK_BYTES] = [8192, 256 << 20]

/** Rows to look at at a time where each takes so much. */
export function lookRows(forwardBytes: number, batchSize: number): number {
  return Math.max(batchSize, Math.min(LOOK_ROWS, Math.floor(LOOK_BYTES / forwardBytes)))
}

/** What decides how much memory a training takes on its device. */
export type TrainingSizes = {
  /** Rows to learn from and to judge by, and cells of a row: numbers, classes, target and weight. */
  readonly rows: number
  readonly held: number
  readonly cells: number
  /** Numbers that the network learns. */
  readonly parameters: number
  readonly batchSize: number
  /** Bytes of a step: for each of its rows, and whatever their number. */
  readonly rowBytes: number
  readonly stepBytes: number
  /** Bytes of a row that is looked at without learning from it. */
  readonly lookBytes: number
  /** Of a row's tensors on the way forward, by which it is decided how many are looked at at a time. */
  readonly forwardBytes: number
}

/** What the device and the user allow; null: nobody tells. */
export type MemoryLimits = { readonly bytes: number | null; readonly tensorBytes: number | null }

/** Where a training's bytes go. */
export type TrainingMemory = { readonly data: number; readonly weights: number; readonly step: number; readonly total: number }

/**
 * Bytes on the device at the peak of a training, float32 and int32 throughout:
 * data = 4 · (rows + held) · cells, all rows lie there; weights = 4 · 3 · parameters, with their two moments; and the larger of a step, stepBytes + batch · rowBytes
 * (all that its layers give forward and backward, and the gradients), and of a look at `lookRows`, which goes forward only: lookBytes each.
 */
export function trainingMemory({ rows, held, cells, parameters, batchSize, rowBytes, stepBytes, lookBytes, forwardBytes }: TrainingSizes): TrainingMemory {
  const data = 4 * (rows + held) * cells
  const weights = 4 * 3 * parameters
  const step = Math.max(stepBytes + Math.min(batchSize, rows) * rowBytes, Math.min(lookRows(forwardBytes, batchSize), Math.max(rows, held)) * lookBytes)
  return { data, weights, step, total: data + weights + step }
}

/** Throws `out-of-memory` with the figures and with what to set where a training does not fit; nothing has been allocated then. */
export function requireMemory(sizes: TrainingSizes, limits: MemoryLimits): void {
  const { data, weights, step, total } = trainingMemory(sizes)
  const tensor = Math.max(4 * sizes.rows * sizes.cells, 4 * sizes.held * sizes.cells)
  const tooLong = limits.tensorBytes !== null && tensor > limits.tensorBytes
  if (!tooLong && (limits.bytes === null || total <= limits.bytes)) return
  const allowed = tooLong ? (limits.tensorBytes ?? 0) : (limits.bytes ?? 0)
  const parts = `the rows ${formatBytes(data)}, weights and their moments ${formatBytes(weights)}, a step of ${String(sizes.batchSize)} rows ${formatBytes(step)}`
  throw new MillraceError({
    code: 'out-of-memory',
    headline: 'This network does not fit into memory',
    message: tooLong
      ? `The rows take ${formatBytes(tensor)} in one piece; the device takes ${formatBytes(allowed)}.`
      : `Its training takes about ${formatBytes(total)} (${parts}); ${formatBytes(allowed)} may be used.`,
    nextStep: proposal(sizes, limits, tooLong),
    details: { neededBytes: tooLong ? tensor : total, allowedBytes: allowed, batchSize: sizes.batchSize, refused: true },
  })
}

function proposal(sizes: TrainingSizes, limits: MemoryLimits, tooLong: boolean): string {
  const fits = (batchSize: number): boolean => trainingMemory({ ...sizes, batchSize }).total <= (limits.bytes ?? Infinity)
  let batchSize = 2 ** Math.floor(Math.log2(Math.max(1, sizes.batchSize - 1)))
  while (batchSize > 1 && !fits(batchSize)) batchSize /= 2
  if (!tooLong && batchSize < sizes.batchSize && fits(batchSize)) return `Set \`batchSize\` to ${String(batchSize)}, which fits, or allow more memory.`
  const share = Math.floor((100 * (tooLong ? (limits.tensorBytes ?? 0) : Math.max(0, (limits.bytes ?? 0) - trainingMemory({ ...sizes, rows: 0, held: 0 }).total))) / Math.max(1, 4 * (sizes.rows + sizes.held) * sizes.cells))
  if (share >= 1 && share < 100) return `A smaller \`batchSize\` alone does not do: keep about ${String(share)} % of the features or of the rows (\`rows\`), or allow more memory.`
  return 'A smaller `batchSize` alone does not do: use fewer features, fewer rows (`rows`) or smaller layers, or allow more memory.'
}

/** Whether an error came before anything was allocated: trying again changes nothing. */
export function isRefusal(error: unknown): boolean {
  return toErrorData(error).details['refused'] === true
}
