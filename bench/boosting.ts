import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createRng } from '../src/main/base/rng.ts'
import { gradientBoosting } from '../src/main/learn/estimators/gradient-boosting/gradient-boosting.ts'
import type { FitContext } from '../src/main/learn/fit-context.ts'
import type { Target } from '../src/main/table/matrix.ts'
import { createKernelPool } from '../src/main/wasm/create-kernel-pool.ts'
import { areaUnderCurve, flightColumns, type Flights } from './flights.ts'
import { onFlights, type FlightWork } from './on-flights.ts'
import { findPython, startPeer } from './python-peer.ts'
import { alternate, flightMatrix, seconds, secondsOf, timed } from './measure.ts'
import { median, type BenchOptions, type BenchResult } from './result.ts'

const TREES = 100
// The peer's settings: its defaults but for early stopping.
const AS_PEER = { maxIterations: TREES, learningRate: 0.1, maxLeaves: 31, minSamplesLeaf: 20, l2: 0, columnSampling: 1, earlyStopping: false }
const TEST_ROWS = 100_000
const PREDICT_RUNS = 5

/** Boosted trees against scikit-learn's HistGradientBoosting: fit and predict, 1 and 2 threads, 100 trees of 31 leaves, η 0.1, no early stopping. */
export async function boosting({ rows = [100_000, 1_000_000], report }: BenchOptions): Promise<readonly BenchResult[]> {
  const python = findPython('sklearn')
  return onFlights(rows, TEST_ROWS, (work) => measure(python, work, report))
}

async function measure(python: string, { folder, train, test, threads }: FlightWork, report: (line: string) => void): Promise<readonly BenchResult[]> {
  const peer = await startPeer(python, join(import.meta.dirname, 'boosting-peer.py'), threads)
  const ours = await openOurs(train, test, threads)
  try {
    const output = join(folder, 'predictions')
    await peer.ask({
      do: 'load',
      values: join(folder, 'train.values'),
      labels: join(folder, 'train.labels'),
      testValues: join(folder, 'test.values'),
      rows: train.rows,
      testRows: test.rows,
      columns: flightColumns.length,
    })
    await ours.fit()
    const fits = await alternate(train.rows >= 500_000 ? 3 : 5, ours.fit, () => secondsOf(peer, { do: 'fit', trees: TREES }))
    await ours.predict()
    const predictions = await alternate(PREDICT_RUNS, ours.predict, () => secondsOf(peer, { do: 'predict', output }))
    const peerScores = new Float64Array((await readFile(output)).buffer.slice(0))
    const note = `AUC ${ours.auc().toFixed(5)}, peer ${areaUnderCurve(test.late, peerScores).toFixed(5)}; scikit-learn ${String(peer.greeting.version)}`
    const label = `${train.rows.toLocaleString('en-US')} × ${flightColumns.length}, ${threads} thread${threads > 1 ? 's' : ''}`
    report(`${label}: fit ours ${seconds(fits.ours)}, peer ${seconds(fits.peer)}; predict ours ${seconds(predictions.ours)}, peer ${seconds(predictions.peer)} (s)`)
    const [fitOurs, fitPeer] = [median(fits.ours), median(fits.peer)]
    const [speedOurs, speedPeer] = [test.rows / median(predictions.ours), test.rows / median(predictions.peer)]
    return [
      { bench: 'boosting', case: `fit ${label}`, ours: fitOurs, peer: fitPeer, unit: 's', ratio: fitPeer / fitOurs, note },
      { bench: 'boosting', case: `predict ${label}`, ours: speedOurs, peer: speedPeer, unit: 'rows/s', ratio: speedOurs / speedPeer, note: 'binning included' },
    ]
  } finally {
    peer.close()
    await ours.close()
  }
}

type Ours = { fit(): Promise<number>; predict(): Promise<number>; auc(): number; close(): Promise<void> }

/** The estimator as every caller uses it: a matrix in, probabilities out. */
async function openOurs(train: Flights, test: Flights, threads: number): Promise<Ours> {
  const pool = await createKernelPool({ threads })
  const params = gradientBoosting.params.parse(AS_PEER)
  const ctx: FitContext = { rng: createRng(1), pool, throwIfAborted: () => undefined, progress: () => undefined }
  const target: Target = { kind: 'classes', classes: ['on time', 'late'], codes: train.late }
  let state: unknown
  let scores: Float64Array = new Float64Array()
  return {
    fit: () =>
      timed(async () => {
        state = await gradientBoosting.fit(flightMatrix(train), target, params, ctx)
      }),
    predict: () =>
      timed(async () => {
        const prediction = await gradientBoosting.predict(state, flightMatrix(test), pool)
        if (prediction.kind === 'classes') scores = prediction.probabilities
      }),
    auc: () => areaUnderCurve(test.late, scores.filter((_p, i) => i % 2 === 1)),
    close: () => pool.close(),
  }
}
