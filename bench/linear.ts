import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRng } from '../src/main/base/rng.ts'
import { linear as estimator } from '../src/main/learn/estimators/linear/linear.ts'
import type { FitContext } from '../src/main/learn/fit-context.ts'
import type { Matrix, Target } from '../src/main/table/matrix.ts'
import { createKernelPool } from '../src/main/wasm/create-kernel-pool.ts'
import { drawCases, type LinearCase } from './linear-data.ts'
import { alternate, bytesOf, seconds, secondsOf, timed } from './measure.ts'
import { findPython, startPeer } from './python-peer.ts'
import { median, type BenchOptions, type BenchResult } from './result.ts'

const PENALTY = 1
const RUNS = 5

/** Logistic, softmax and ridge regression against scikit-learn's (lbfgs; Ridge's own choice), the same data and penalty, 1 thread and 2. */
export async function linear({ rows = [100_000], report }: BenchOptions): Promise<readonly BenchResult[]> {
  const python = findPython('sklearn')
  const results: BenchResult[] = []
  for (const count of rows) {
    for (const one of drawCases(count)) {
      const folder = await mkdtemp(join(tmpdir(), 'millrace-bench-'))
      try {
        const question = await writeCase(folder, one)
        for (const threads of [1, 2]) results.push(await measure(python, folder, one, question, threads, report))
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    }
  }
  return results
}

async function writeMatrix(folder: string, name: string, { rows, columns, data, sparse }: Matrix): Promise<Readonly<Record<string, unknown>>> {
  const at = (part: string): string => join(folder, `${name}.${part}`)
  const shape = { count: rows, columns: columns.length, values: at('values') }
  await writeFile(at('values'), bytesOf(sparse?.values ?? data))
  if (sparse === undefined) return shape
  await writeFile(at('starts'), bytesOf(sparse.starts))
  await writeFile(at('rows'), bytesOf(sparse.rows))
  return { ...shape, starts: at('starts'), rows: at('rows') }
}

async function writeCase(folder: string, { kind, train, test }: LinearCase): Promise<Readonly<Record<string, unknown>>> {
  const labels = join(folder, 'labels')
  const { target } = train
  await writeFile(labels, target.kind === 'classes' ? bytesOf(target.codes) : new Uint8Array(target.values.buffer))
  return { do: 'load', kind, labels, train: await writeMatrix(folder, 'train', train.matrix), test: await writeMatrix(folder, 'test', test.matrix) }
}

/** Log loss of probabilities row after row, or the root of the mean squared error. */
function scoreOf(target: Target, outputs: Float64Array): number {
  if (target.kind === 'numbers') return Math.sqrt(target.values.reduce((sum, value, i) => sum + (value - (outputs[i] as number)) ** 2, 0) / target.values.length)
  const width = target.classes.length
  return -target.codes.reduce((sum, code, i) => sum + Math.log(outputs[i * width + code] as number), 0) / target.codes.length
}

async function measure(
  python: string, folder: string, { name, train, test }: LinearCase, question: Readonly<Record<string, unknown>>, threads: number, report: (line: string) => void,
): Promise<BenchResult> {
  const peer = await startPeer(python, join(import.meta.dirname, 'linear-peer.py'), threads)
  const pool = await createKernelPool({ threads })
  const ctx: FitContext = { rng: createRng(1), pool, throwIfAborted: () => undefined, progress: () => undefined }
  const params = estimator.params.parse({ regularisation: PENALTY })
  try {
    await peer.ask(question)
    let state: unknown
    const fit = (): Promise<number> =>
      timed(async () => {
        state = await estimator.fit(train.matrix, train.target, params, ctx)
      })
    await fit()
    const times = await alternate(RUNS, fit, () => secondsOf(peer, { do: 'fit', penalty: PENALTY }))
    const output = join(folder, 'predictions')
    await peer.ask({ do: 'predict', output })
    const prediction = await estimator.predict(state, test.matrix, pool)
    const own = scoreOf(test.target, prediction.kind === 'classes' ? prediction.probabilities : prediction.values)
    const theirs = scoreOf(test.target, new Float64Array((await readFile(output)).buffer.slice(0)))
    const label = `${name}, ${threads} thread${threads > 1 ? 's' : ''}`
    report(`${label}: fit ours ${seconds(times.ours)}, peer ${seconds(times.peer)} (s)`)
    const [ours, other] = [median(times.ours), median(times.peer)]
    const what = test.target.kind === 'classes' ? 'log loss' : 'RMSE'
    const note = `${what} ${own.toFixed(6)}, peer ${theirs.toFixed(6)}; scikit-learn ${String(peer.greeting.version)}`
    return { bench: 'linear', case: `fit ${label}`, ours, peer: other, unit: 's', ratio: other / ours, note }
  } finally {
    peer.close()
    await pool.close()
  }
}
