import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRng } from '../src/main/base/rng.ts'
import { linear } from '../src/main/learn/estimators/linear/linear.ts'
import { tfIdf } from '../src/main/learn/transforms/tf-idf.ts'
import type { FitContext } from '../src/main/learn/fit-context.ts'
import type { Matrix, Target } from '../src/main/table/matrix.ts'
import { createKernelPool } from '../src/main/wasm/create-kernel-pool.ts'
import { areaUnderCurve } from './flights.ts'
import { alternate, bytesOf, seconds, secondsOf, timed } from './measure.ts'
import { findPython, startPeer } from './python-peer.ts'
import { median, type BenchOptions, type BenchResult } from './result.ts'
import { drawTexts, type Texts } from './text-data.ts'

const PENALTY = 1
const RUNS = 3

/** Texts to probabilities against scikit-learn: TF-IDF of words and word pairs, logistic regression, and a quarter as many texts to score; 2 threads. */
export async function text({ rows = [20_000], report }: BenchOptions): Promise<readonly BenchResult[]> {
  const python = findPython('sklearn')
  const results: BenchResult[] = []
  for (const count of rows) {
    const folder = await mkdtemp(join(tmpdir(), 'millrace-bench-'))
    try {
      results.push(await measure(python, folder, drawTexts(count, 3), drawTexts(Math.ceil(count / 4), 4), report))
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
  return results
}

/** Every term has a column, as the peer's have. */
const params = tfIdf.params.parse({ maxTerms: 1_000_000 })

function matrixOf({ column }: Texts, learnt: unknown): Matrix {
  const [words] = tfIdf.apply(column, params, learnt)
  if (words?.kind !== 'sparse') throw new Error('tf-idf made no sparse columns')
  return { rows: words.rows, columns: words.names.map((name) => ({ name, source: column.name, kind: 'numeric' })), data: new Float32Array(0), sparse: words.block }
}

async function measure(python: string, folder: string, train: Texts, test: Texts, report: (line: string) => void): Promise<BenchResult> {
  const files = { train: join(folder, 'train'), test: join(folder, 'test'), labels: join(folder, 'labels') }
  await writeFile(files.train, JSON.stringify(train.column.categories))
  await writeFile(files.test, JSON.stringify(test.column.categories))
  await writeFile(files.labels, bytesOf(train.labels))
  const peer = await startPeer(python, join(import.meta.dirname, 'text-peer.py'), 2)
  const pool = await createKernelPool({ threads: 2 })
  const ctx: FitContext = { rng: createRng(1), pool, throwIfAborted: () => undefined, progress: () => undefined }
  const target: Target = { kind: 'classes', classes: ['no', 'yes'], codes: train.labels }
  try {
    await peer.ask({ do: 'load', ...files })
    let scores: Float64Array = new Float64Array()
    let columns = 0
    const vectorising: number[] = []
    const run = (): Promise<number> =>
      timed(async () => {
        const start = performance.now()
        const learnt = tfIdf.fit(train.column, params, { target, rng: ctx.rng })
        const matrix = matrixOf(train, learnt)
        vectorising.push((performance.now() - start) / 1000)
        columns = matrix.columns.length
        const state = await linear.fit(matrix, target, linear.params.parse({ regularisation: PENALTY }), ctx)
        const prediction = await linear.predict(state, matrixOf(test, learnt), pool)
        if (prediction.kind === 'classes') scores = prediction.probabilities.filter((_p, i) => i % 2 === 1)
      })
    const output = join(folder, 'predictions')
    const times = await alternate(RUNS, run, () => secondsOf(peer, { do: 'run', penalty: PENALTY, output }))
    const theirs = new Float64Array((await readFile(output)).buffer.slice(0))
    const label = `${train.labels.length.toLocaleString('en-US')} texts, ${columns.toLocaleString('en-US')} terms`
    report(`${label}: ours ${seconds(times.ours)} (of it TF-IDF ${seconds(vectorising)}), peer ${seconds(times.peer)} (s)`)
    const [ours, other] = [median(times.ours), median(times.peer)]
    const note = `AUC ${areaUnderCurve(test.labels, scores).toFixed(5)}, peer ${areaUnderCurve(test.labels, theirs).toFixed(5)}; scikit-learn ${String(peer.greeting.version)}`
    return { bench: 'text', case: `TF-IDF, fit and predict, ${label}`, ours, peer: other, unit: 's', ratio: other / ours, note }
  } finally {
    peer.close()
    await pool.close()
  }
}
