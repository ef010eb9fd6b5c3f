import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toErrorData } from '../src/shared/errors.ts'
import { startBackend } from '../src/main/compute/backends/index.ts'
import type { BackendId } from '../src/main/compute/backend.ts'
import { alternate, bytesOf, seconds } from './measure.ts'
import { startTraining } from './neural-epochs.ts'
import { neuralModels, neuralRows, type NeuralModel } from './neural-models.ts'
import { findPython, startPeer, type PythonPeer } from './python-peer.ts'
import { median, type BenchOptions, type BenchResult } from './result.ts'

const EPOCHS = 4

/**
 * Epochs of networks against PyTorch's on the processor, the same threads; TensorFlow.js's own WebAssembly beside them. Processor times stand beside those of the clock, for machines
 * that have other work: of one thread they say the same. `rows`: one number, by which the rows are divided.
 */
export async function nn({ rows: [scale] = [], report }: BenchOptions): Promise<readonly BenchResult[]> {
  const python = findPython('torch')
  const results: BenchResult[] = []
  const folder = await mkdtemp(join(tmpdir(), 'millrace-bench-'))
  try {
    for (const threads of [1, 2]) for (const model of neuralModels(scale)) results.push(await measure(python, folder, model, threads, report))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return results
}

/** Hands the peer a model's data. */
export async function loadPeer(peer: PythonPeer, folder: string, { kind, rows, width, hidden, batchSize }: NeuralModel, data: ReturnType<typeof neuralRows>): Promise<void> {
  const [numbers, target] = [join(folder, 'numbers'), join(folder, 'target')]
  await writeFile(numbers, bytesOf(data.numbers))
  await writeFile(target, bytesOf(data.target))
  await peer.ask({ do: 'load', kind, rows, width, hidden, batchSize, numbers, target })
}

async function measure(python: string, folder: string, model: NeuralModel, threads: number, report: (line: string) => void): Promise<BenchResult> {
  const data = neuralRows(model)
  const peer = await startPeer(python, join(import.meta.dirname, 'neural-peer.py'), threads)
  const backend = await startBackend('wasm', { threads })
  const training = startTraining(model, data)
  try {
    await loadPeer(peer, folder, model, data)
    await training.epoch()
    await peer.ask({ do: 'epoch' })
    const processor = { ours: [] as number[], peer: [] as number[] }
    let theirLoss = Number.NaN
    const times = await alternate(
      EPOCHS,
      async () => {
        const before = process.cpuUsage()
        const time = await training.epoch()
        const { user, system } = process.cpuUsage(before)
        processor.ours.push((user + system) / 1e6)
        return time
      },
      async () => {
        const theirs = await peer.ask({ do: 'epoch' })
        processor.peer.push(Number(theirs['processor']))
        theirLoss = Number(theirs['loss'])
        return Number(theirs['seconds'])
      },
    )
    const loss = `loss after ${String(EPOCHS + 1)} epochs ${training.loss().toFixed(4)}, peer ${theirLoss.toFixed(4)}`
    const [ourProcessor, theirProcessor] = [median(processor.ours), median(processor.peer)]
    const label = `${model.name}, ${model.rows.toLocaleString('en-US')} rows, ${String(threads)} thread${threads > 1 ? 's' : ''}`
    const inProcessor = `processor ${ourProcessor.toFixed(3)} s, peer ${theirProcessor.toFixed(3)} s, ${(theirProcessor / ourProcessor).toFixed(2)}×`
    report(`${label}: epoch ours ${seconds(times.ours)}, peer ${seconds(times.peer)} (s); ${inProcessor}`)
    const [ours, other] = [median(times.ours), median(times.peer)]
    training.close()
    await backend.close()
    const stock = threads === 1 ? `; TensorFlow.js's own WebAssembly ${await stockEpoch('wasm-simd', model, data)}` : ''
    return { bench: 'nn', case: label, ours, peer: other, unit: 's', ratio: other / ours, note: `${inProcessor}; ${loss}; PyTorch ${String(peer.greeting['version'])}${stock}` }
  } finally {
    peer.close()
  }
}

/** Steps from which an epoch of TensorFlow.js's own kernels is reckoned: they take up to ten times as long. */
const STOCK_STEPS = 10

/** An epoch on a backend, reckoned from a few steps, in words. */
async function stockEpoch(id: BackendId, model: NeuralModel, data: ReturnType<typeof neuralRows>): Promise<string> {
  const backend = await startBackend(id, { threads: 1 })
  try {
    const rows = Math.min(data.rows, STOCK_STEPS * model.batchSize)
    const training = startTraining(model, {
      ...data, rows, numbers: data.numbers.subarray(0, rows * model.width), target: data.target.subarray(0, rows), weights: data.weights.subarray(0, rows),
    })
    await training.epoch()
    return `${(((await training.epoch()) * data.rows) / rows).toFixed(2)} s`
  } catch (error) {
    return `cannot (${toErrorData(error).message})`
  } finally {
    await backend.close()
  }
}
