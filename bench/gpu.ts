import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { toErrorData } from '../src/shared/errors.ts'
import type { BackendId, ComputeDevice, RunningBackend } from '../src/main/compute/backend.ts'
import { startBackend } from '../src/main/compute/backends/index.ts'
import { selfTest } from '../src/main/compute/self-test/self-test.ts'
import { alternate, seconds, secondsOf } from './measure.ts'
import { startTraining, type NeuralTraining } from './neural-epochs.ts'
import { neuralModels, neuralRows, type NeuralModel } from './neural-models.ts'
import { loadPeer } from './nn.ts'
import { findPython, startPeer } from './python-peer.ts'
import { median, type BenchOptions, type BenchResult } from './result.ts'

const EPOCHS = 4
const CARDS: readonly BackendId[] = ['tensorflow', 'webgpu']

type Peer = Awaited<ReturnType<typeof startPeer>>
type Rows = ReturnType<typeof neuralRows>

/**
 * Epochs of networks on the graphics card, by each backend that has one, against PyTorch on CUDA where that is found, else against our own kernels on the processor.
 * `rows`: one number, by which the rows are divided; a card in software is measured only then, to try the bench itself.
 */
export async function gpu({ rows: [scale] = [], report }: BenchOptions): Promise<readonly BenchResult[]> {
  const peer = await startCuda(report)
  const results: BenchResult[] = []
  try {
    for (const id of CARDS) results.push(...(await onCard(id, scale, peer, report)))
  } finally {
    peer?.close()
  }
  if (results.length === 0) report('Nothing was measured: no graphics card answers on this machine. `millrace devices` says what is missing.')
  return results
}

/** PyTorch on CUDA; undefined, with a word, where there is none. */
async function startCuda(report: (line: string) => void): Promise<Peer | undefined> {
  const before = process.env['MILLRACE_PEER_DEVICE']
  process.env['MILLRACE_PEER_DEVICE'] = 'cuda'
  try {
    const peer = await startPeer(findPython('torch'), join(import.meta.dirname, 'neural-peer.py'), 1)
    if (peer.greeting['device'] !== 'cpu') return peer
    peer.close()
    report('peer: PyTorch is here, but without CUDA; our own kernels on the processor take its place')
  } catch (error) {
    report(`peer: ${toErrorData(error).message}; our own kernels on the processor take its place`)
  } finally {
    if (before === undefined) delete process.env['MILLRACE_PEER_DEVICE']
    else process.env['MILLRACE_PEER_DEVICE'] = before
  }
  return undefined
}

async function onCard(id: BackendId, scale: number | undefined, peer: Peer | undefined, report: (line: string) => void): Promise<readonly BenchResult[]> {
  const device = await deviceOf(id, report)
  if (device === undefined) return []
  if (device.kind !== 'gpu' && scale === undefined) {
    report(`${id}: ${device.name} is no graphics card; --rows N measures it all the same, with a part of the rows`)
    return []
  }
  const results: BenchResult[] = []
  for (const model of neuralModels(scale)) results.push(await measure(id, device, model, peer, report))
  return results
}

/** What a backend computes on, after its self-test; undefined, with a word, where it does not work. */
async function deviceOf(id: BackendId, report: (line: string) => void): Promise<ComputeDevice | undefined> {
  let backend: RunningBackend | undefined
  try {
    backend = await startBackend(id, { threads: availableParallelism() })
    const { trains, failures } = await selfTest()
    report(`${id}: ${backend.device.name} (${backend.device.driver}) trains ${trains.join(', ')}${Object.entries(failures).map(([kind, why]) => `; not ${kind}: ${why}`).join('')}`)
    return trains.length === 0 ? undefined : backend.device
  } catch (error) {
    const { message, nextStep } = toErrorData(error)
    report(`${id}: ${message} ${nextStep}`)
    return undefined
  } finally {
    await backend?.close()
  }
}

async function measure(id: BackendId, { name, driver }: ComputeDevice, model: NeuralModel, peer: Peer | undefined, report: (line: string) => void): Promise<BenchResult> {
  const data = neuralRows(model)
  const label = `${model.name}, ${model.rows.toLocaleString('en-US')} rows, ${id}`
  const times = peer === undefined ? await againstProcessor(id, model, data) : await againstCuda(id, model, data, peer)
  report(`${label}: epoch ours ${seconds(times.ours)}, peer ${seconds(times.peer)} (s)`)
  const [ours, other] = [median(times.ours), median(times.peer)]
  const steps = Math.ceil(model.rows / model.batchSize)
  const note = `${((1000 * ours) / steps).toFixed(2)} ms a step; loss after ${String(EPOCHS + 1)} epochs ${times.loss.toFixed(4)}; ${name} (${driver}); peer: ${times.peerName}`
  return { bench: 'gpu', case: label, ours, peer: other, unit: 's', ratio: other / ours, note }
}

type Times = { readonly ours: readonly number[]; readonly peer: readonly number[]; readonly loss: number; readonly peerName: string }

/** Runs `use` with a training whose first epoch, which compiles kernels, is over. */
async function trained<T>(id: BackendId, model: NeuralModel, data: Rows, use: (training: NeuralTraining) => Promise<T>): Promise<T> {
  const backend = await startBackend(id, { threads: availableParallelism() })
  try {
    const training = startTraining(model, data)
    await training.epoch()
    const result = await use(training)
    training.close()
    return result
  } finally {
    await backend.close()
  }
}

async function againstCuda(id: BackendId, model: NeuralModel, data: Rows, peer: Peer): Promise<Times> {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-bench-'))
  try {
    await loadPeer(peer, folder, model, data)
    await peer.ask({ do: 'epoch' })
    return await trained(id, model, data, async (training) => {
      const times = await alternate(EPOCHS, () => training.epoch(), () => secondsOf(peer, { do: 'epoch' }))
      return { ...times, loss: training.loss(), peerName: `PyTorch ${String(peer.greeting['version'])} on ${String(peer.greeting['device'])}` }
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function againstProcessor(id: BackendId, model: NeuralModel, data: Rows): Promise<Times> {
  const epochs = async (training: NeuralTraining): Promise<readonly number[]> => {
    const times: number[] = []
    for (let epoch = 0; epoch < EPOCHS; epoch++) times.push(await training.epoch())
    return times
  }
  const card = await trained(id, model, data, async (training) => ({ ours: await epochs(training), loss: training.loss() }))
  return { ...card, peer: await trained('wasm', model, data, epochs), peerName: `our kernels on ${String(availableParallelism())} threads of the processor` }
}
