import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createRng } from '../src/main/base/rng.ts'
import type { Estimator } from '../src/main/learn/estimator.ts'
import { extraTrees } from '../src/main/learn/estimators/extra-trees/extra-trees.ts'
import { randomForest } from '../src/main/learn/estimators/random-forest/random-forest.ts'
import type { FitContext } from '../src/main/learn/fit-context.ts'
import type { Target } from '../src/main/table/matrix.ts'
import { createKernelPool } from '../src/main/wasm/create-kernel-pool.ts'
import { areaUnderCurve, flightColumns, type Flights } from './flights.ts'
import { alternate, flightMatrix, seconds, secondsOf, timed } from './measure.ts'
import { onFlights, type FlightWork } from './on-flights.ts'
import { findPython, startPeer } from './python-peer.ts'
import { median, type BenchOptions, type BenchResult } from './result.ts'

const TREES = 100
const LEAF = 3
const TEST_ROWS = 20_000
const RUNS = 3

/** Forests against scikit-learn's: fit and predict, 1 and 2 threads, 100 trees, square root of the columns per split, at least 3 rows a leaf. */
export async function forest({ rows = [10_000, 50_000], report }: BenchOptions): Promise<readonly BenchResult[]> {
  const python = findPython('sklearn')
  return onFlights(rows, TEST_ROWS, (work) => measure(python, work, report))
}

async function measure(python: string, { folder, train, test, threads }: FlightWork, report: (line: string) => void): Promise<readonly BenchResult[]> {
  const peer = await startPeer(python, join(import.meta.dirname, 'forest-peer.py'), threads)
  const pool = await createKernelPool({ threads })
  const ctx: FitContext = { rng: createRng(1), pool, throwIfAborted: () => undefined, progress: () => undefined }
  const results: BenchResult[] = []
  try {
    const output = join(folder, 'predictions')
    const files = { values: join(folder, 'train.values'), labels: join(folder, 'train.labels'), testValues: join(folder, 'test.values') }
    await peer.ask({ do: 'load', ...files, rows: train.rows, testRows: test.rows, columns: flightColumns.length })
    for (const estimator of [randomForest, extraTrees]) {
      const ours = openOurs(estimator, train, test, ctx)
      await ours.fit()
      const fits = await alternate(RUNS, ours.fit, () => secondsOf(peer, { do: 'fit', kind: estimator.id, trees: TREES, leaf: LEAF }))
      const predictions = await alternate(RUNS, ours.predict, () => secondsOf(peer, { do: 'predict', output }))
      const peerScores = new Float64Array((await readFile(output)).buffer.slice(0))
      const note = `AUC ${ours.auc().toFixed(4)}, peer ${areaUnderCurve(test.late, peerScores).toFixed(4)}; scikit-learn ${String(peer.greeting.version)}`
      const label = `${estimator.id} ${train.rows.toLocaleString('en-US')} × ${flightColumns.length}, ${threads} thread${threads > 1 ? 's' : ''}`
      report(`${label}: fit ours ${seconds(fits.ours)}, peer ${seconds(fits.peer)}; predict ours ${seconds(predictions.ours)}, peer ${seconds(predictions.peer)} (s)`)
      const [fitOurs, fitPeer] = [median(fits.ours), median(fits.peer)]
      const [speedOurs, speedPeer] = [test.rows / median(predictions.ours), test.rows / median(predictions.peer)]
      results.push(
        { bench: 'forest', case: `fit ${label}`, ours: fitOurs, peer: fitPeer, unit: 's', ratio: fitPeer / fitOurs, note },
        { bench: 'forest', case: `predict ${label}`, ours: speedOurs, peer: speedPeer, unit: 'rows/s', ratio: speedOurs / speedPeer, note: 'binning included' },
      )
    }
    return results
  } finally {
    peer.close()
    await pool.close()
  }
}

type Ours = { fit(): Promise<number>; predict(): Promise<number>; auc(): number }

/** The estimator as every caller uses it: a matrix in, probabilities out. */
function openOurs(estimator: Estimator, train: Flights, test: Flights, ctx: FitContext): Ours {
  const params = estimator.params.parse({ trees: TREES, minSamplesLeaf: LEAF })
  const target: Target = { kind: 'classes', classes: ['on time', 'late'], codes: train.late }
  let state: unknown
  let scores: Float64Array = new Float64Array()
  return {
    fit: () =>
      timed(async () => {
        state = await estimator.fit(flightMatrix(train), target, params, ctx)
      }),
    predict: () =>
      timed(async () => {
        const prediction = await estimator.predict(state, flightMatrix(test), ctx.pool)
        if (prediction.kind === 'classes') scores = prediction.probabilities
      }),
    auc: () => areaUnderCurve(test.late, scores.filter((_p, i) => i % 2 === 1)),
  }
}
