import { describe, expect, it } from 'vitest'
import { createRng } from '../../../../src/main/base/rng.ts'
import { startBackend } from '../../../../src/main/compute/backends/index.ts'
import { initialise, measure, parametersOf, predict, type Network } from '../../../../src/main/compute/network.ts'
import { tf } from '../../../../src/main/compute/tensors.ts'
import { formOf as imageForm } from '../../../../src/main/learn/estimators/convnet/form.ts'
import { networkOf as imageNetwork } from '../../../../src/main/learn/estimators/convnet/network.ts'
import { convnetParams } from '../../../../src/main/learn/estimators/convnet/params.ts'
import { stagesOf as imageStages } from '../../../../src/main/learn/estimators/convnet/stages.ts'
import { formOf as windowForm } from '../../../../src/main/learn/estimators/recurrent/form.ts'
import { networkOf as windowNetwork, stagesOf as windowStages } from '../../../../src/main/learn/estimators/recurrent/network.ts'
import { recurrentParams } from '../../../../src/main/learn/estimators/recurrent/params.ts'
import { runStages } from '../../../../src/main/learn/neural/forward/run-stages.ts'
import type { Stage } from '../../../../src/main/learn/neural/forward/stage.ts'
import type { Trained } from '../../../../src/main/learn/neural/saved-networks.ts'
import { learnScaling, scaleRows } from '../../../../src/main/learn/neural/scaling.ts'
import { matrixOf } from '../estimators/made-data.ts'

/** A network in both of its ways, of so many columns. */
type Case = { readonly name: string; readonly columns: number; readonly network: Network; readonly stages: (trained: Trained) => readonly Stage[] }

function images(name: string, columns: number, params: unknown): Case {
  const form = imageForm(columns, convnetParams.parse(params))
  return { name, columns, network: imageNetwork(form, 3), stages: (trained) => imageStages(form, trained) }
}

function windows(name: string, columns: number, params: unknown): Case {
  const form = windowForm(columns, recurrentParams.parse(params))
  return { name, columns, network: windowNetwork(form, 3), stages: (trained) => windowStages(form, trained) }
}

const cases: readonly Case[] = [
  images('images of one channel', 64, { filters: [5, 7], hidden: 9 }),
  images('images of odd sides and several channels', 5 * 7 * 3, { height: 5, width: 7, channels: 3, filters: [6, 4, 11], size: 5, pooling: 'average', hidden: 8 }),
  images('images by separable filters of even size, unnormalised', 6 * 6 * 2, { channels: 2, filters: [5, 3], size: 2, separable: true, batchNorm: false, hidden: 7 }),
  images('images by separable filters', 8 * 8 * 3, { channels: 3, filters: [9, 6], separable: true, hidden: 7 }),
  images('a single row of pixels', 11, { filters: [4, 4, 4, 4], hidden: 5 }),
  windows('windows by gated recurrent units', 24, { features: 3, units: 7, hidden: 5 }),
  windows('windows by long short-term memory, normalised', 20, { features: 4, cell: 'lstm', units: 9, layerNorm: true, hidden: 6 }),
]

/** Rows on which scores are compared: more than go through at a time, and not a multiple of it. */
const ROWS = 1033

describe.each(cases)('$name', ({ columns, network, stages }) => {
  it('is predicted without a backend as the layers predict on one, and a row alone as among others', async () => {
    const rng = createRng(4)
    const numbers = new Float32Array(ROWS * columns).map(() => rng.normal())
    const shapes = parametersOf(network).map(({ shape }) => [...shape])
    const weights = initialise(network, createRng(5)).map(({ values }) => values.map((value) => value + 0.1 * rng.normal()))
    const backend = await startBackend('wasm', { threads: 1 })
    const tensors = weights.map((values, i) => tf.tensor(values, shapes[i]))
    const batch = { numbers: tf.tensor2d(numbers, [ROWS, columns]) }
    const measured = await measure(network, batch, tensors, rng)
    const scores = predict(network, batch, tensors, measured)
    const right = Float32Array.from(await scores.data())
    await backend.close()

    const ready = stages({ weights, measured, epochs: 1 })
    const got = runStages([ready], numbers, ROWS)
    expect(got).toHaveLength(right.length)
    const largest = right.reduce((most, score) => Math.max(most, Math.abs(score)), 0)
    got.forEach((score, i) => {
      expect(Math.abs(score - (right[i] ?? Number.NaN))).toBeLessThan(2e-5 * largest)
    })
    for (const row of [0, 511, 1021, ROWS - 1]) {
      expect(runStages([ready], numbers.slice(row * columns, (row + 1) * columns), 1)).toEqual(got.slice(row * 3, (row + 1) * 3))
    }
    expect(runStages([ready, ready], numbers, ROWS)).toEqual(got)
    expect(runStages([ready], new Float32Array(0), 0)).toHaveLength(0)
  })
})

describe('scaling', () => {
  it('brings each channel to one scale over all of its cells, a constant one and missing cells to 0', () => {
    const matrix = matrixOf([[1, 3], [7, 7], [5, Number.NaN], [7, 7]])
    const scaling = learnScaling(matrix, 2)
    expect(scaling.means).toEqual([3, 7])
    const [a, b, c, d, e, f, g, h] = scaleRows(matrix, scaling)
    expect([a, e, c].map((value) => value?.toFixed(4))).toEqual(['-1.2247', '0.0000', '1.2247'])
    expect([b, d, f, g, h]).toEqual([0, 0, 0, 0, 0])
  })
})
