import { createRng } from '../src/main/base/rng.ts'
import { convolution } from '../src/main/compute/layers/convolution.ts'
import { dense } from '../src/main/compute/layers/dense.ts'
import { embedding } from '../src/main/compute/layers/embedding.ts'
import { lstm } from '../src/main/compute/layers/lstm.ts'
import { maxPool } from '../src/main/compute/layers/max-pool.ts'
import { reshape } from '../src/main/compute/layers/reshape.ts'
import { sigmoidCrossEntropy, softmaxCrossEntropy } from '../src/main/compute/losses/cross-entropy.ts'
import type { Loss } from '../src/main/compute/losses/loss.ts'
import type { Network } from '../src/main/compute/network.ts'
import type { LearningRows } from '../src/main/learn/neural/training-data.ts'

/** A model that both sides train, with its data. */
export type NeuralModel = {
  readonly kind: 'mlp' | 'cnn' | 'lstm'
  readonly name: string
  readonly rows: number
  readonly batchSize: number
  /** Numbers per row. */
  readonly width: number
  /** `mlp`: units of the hidden layers. */
  readonly hidden: readonly number[]
  readonly network: Network
  readonly loss: Loss
}

function mlp(name: string, rows: number, batchSize: number, width: number, hidden: readonly number[]): NeuralModel {
  const widths = [width, ...hidden]
  const layers = [...hidden.map((units, i) => dense(widths[i] as number, units, 'relu')), dense(widths.at(-1) as number, 1, 'linear')]
  return { kind: 'mlp', name, rows, batchSize, width, hidden, network: { stem: embedding(width, []), layers }, loss: sigmoidCrossEntropy }
}

const images: Network = {
  stem: embedding(784, []),
  layers: [
    reshape([28, 28, 1]), convolution(1, 16, 3, 'relu'), maxPool(2), convolution(16, 32, 3, 'relu'), maxPool(2),
    reshape([7 * 7 * 32]), dense(7 * 7 * 32, 64, 'relu'), dense(64, 10, 'linear'),
  ],
}

/** Sequences of 30 steps of 8 numbers. */
const sequences: Network = { stem: embedding(240, []), layers: [reshape([30, 8]), lstm(8, 32), dense(32, 1, 'linear')] }

/** The models of the bench, the smallest first; `scale` divides their rows, for machines without a graphics card that only try. */
export function neuralModels(scale = 1): readonly NeuralModel[] {
  const rows = (count: number): number => Math.max(64, Math.round(count / scale))
  return [
    mlp('MLP 64-256-256-1', rows(20_000), 512, 64, [256, 256]),
    mlp('MLP 64-512-512-1', rows(100_000), 1024, 64, [512, 512]),
    { kind: 'cnn', name: 'CNN 16-32 on 28 × 28', rows: rows(5000), batchSize: 64, width: 784, hidden: [], network: images, loss: softmaxCrossEntropy },
    { kind: 'lstm', name: 'LSTM-32, 30 steps of 8', rows: rows(2000), batchSize: 64, width: 240, hidden: [], network: sequences, loss: sigmoidCrossEntropy },
  ]
}

/** Seeded rows with something in them to learn. */
export function neuralRows({ kind, rows, width }: NeuralModel): LearningRows {
  const rng = createRng(4)
  const numbers = new Float32Array(rows * width).map(() => rng.normal())
  const direction = Float64Array.from({ length: width }, () => rng.normal())
  const scores = Float64Array.from({ length: rows }, (_, i) => direction.reduce((sum, weight, j) => sum + weight * (numbers[i * width + j] as number), 0))
  const spread = Math.sqrt(width)
  const target = kind === 'cnn' ? Int32Array.from(scores, (score) => Math.max(0, Math.min(9, Math.floor(5 + (2.5 * score) / spread)))) : Float32Array.from(scores, (score) => Number(score > 0))
  return { rows, numbers, codes: new Int32Array(0), target, weights: new Float32Array(rows).fill(1) }
}
