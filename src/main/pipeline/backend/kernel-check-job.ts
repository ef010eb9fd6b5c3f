import { createRng } from '../../base/rng.ts'
import { findEstimator } from '../../learn/model/index.ts'
import type { Matrix, Target } from '../../table/matrix.ts'
import { createKernelPool } from '../../wasm/create-kernel-pool.ts'
import type { KernelPool } from '../../wasm/kernel-pool.ts'
import { hashValue, sha256 } from '../../base/hash.ts'
import type { Job } from '../../workers/job.ts'

/** Threads to check against one. */
export type KernelCheckInput = { readonly threads: number }

/** Whether the kernels learn what is there to learn, and the same on one thread as on several. */
export type KernelCheckOutput = { readonly passed: boolean; readonly reason: string }

const rows = 2000

/** A class that a threshold and an interaction decide, without noise. */
function problem(): { matrix: Matrix; target: Target; truth: Int32Array } {
  const rng = createRng(11)
  const data = new Float32Array(rows * 3).map(() => rng.uniform())
  const truth = Int32Array.from({ length: rows }, (_, row) => Number((data[row] ?? 0) > 0.5 !== (data[rows + row] ?? 0) > 0.3))
  const columns = ['a', 'b', 'noise'].map((name) => ({ name, source: name, kind: 'numeric' as const }))
  return { matrix: { rows, columns, data }, target: { kind: 'classes', codes: truth, classes: ['no', 'yes'] }, truth }
}

/** Fits the problem on a pool; returns the share of rows that the model gets right, and its fingerprint. */
async function fitOn(pool: KernelPool, throwIfAborted: () => void): Promise<{ right: number; fingerprint: string }> {
  const { matrix, target, truth } = problem()
  const estimator = findEstimator('gradient-boosting')
  if (estimator === undefined) throw new Error('No gradient boosting in this build')
  const params = estimator.params.parse({ maxIterations: 20 })
  const state = await estimator.fit(matrix, target, params, { rng: createRng(1), pool, throwIfAborted, progress: () => undefined })
  const prediction = await estimator.predict(state, matrix)
  const right = prediction.kind === 'classes' ? truth.filter((code, row) => Number((prediction.probabilities[2 * row + 1] ?? 0) >= 0.5) === code).length : 0
  const saved = estimator.serialise(state)
  const arrays = Object.entries(saved.arrays).map(([name, array]) => [name, sha256(new Uint8Array(array.buffer, array.byteOffset, array.byteLength))])
  return { right: right / rows, fingerprint: hashValue([saved.json, arrays]) }
}

async function fitWith(threads: number, throwIfAborted: () => void): ReturnType<typeof fitOn> {
  const pool = await createKernelPool({ threads })
  try {
    return await fitOn(pool, throwIfAborted)
  } finally {
    await pool.close()
  }
}

const check: Job<KernelCheckInput, KernelCheckOutput> = async ({ threads }, { signal }) => {
  const throwIfAborted = (): void => {
    signal.throwIfAborted()
  }
  const alone = await fitWith(1, throwIfAborted)
  if (alone.right < 0.98) return { passed: false, reason: `A model of a problem without noise is right for only ${(100 * alone.right).toFixed(1)} % of its rows.` }
  if (threads === 1) return { passed: true, reason: 'Trained a small model; it learnt what was there to learn.' }
  const together = await fitWith(threads, throwIfAborted)
  return together.fingerprint === alone.fingerprint
    ? { passed: true, reason: `Trained a small model on 1 and on ${String(threads)} threads: the same model, bit for bit.` }
    : { passed: false, reason: `The model that ${String(threads)} threads train differs from that of one thread.` }
}

export default check
