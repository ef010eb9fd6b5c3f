import { averagePool } from '../../../compute/layers/average-pool.ts'
import { batchNorm } from '../../../compute/layers/batch-norm.ts'
import { convolution } from '../../../compute/layers/convolution.ts'
import { dense } from '../../../compute/layers/dense.ts'
import { depthwise } from '../../../compute/layers/depthwise.ts'
import { dropout } from '../../../compute/layers/dropout.ts'
import { embedding } from '../../../compute/layers/embedding.ts'
import type { Layer } from '../../../compute/layers/layer.ts'
import { maxPool } from '../../../compute/layers/max-pool.ts'
import { rectify } from '../../../compute/layers/rectify.ts'
import { reshape } from '../../../compute/layers/reshape.ts'
import type { Network } from '../../../compute/network.ts'
import { blocksOf, type Block, type Form } from './form.ts'

/** Convolutions, each with normalisation, relu and pooling behind it, then a dense layer, and one linear output per score. */
export function networkOf(form: Form, outputs: number): Network {
  const { height, width, channels, hidden } = form
  const { blocks, flat } = blocksOf(form)
  const head = [...dropped(form), dense(flat, hidden, 'relu'), ...dropped(form), dense(hidden, outputs, 'linear')]
  return {
    stem: embedding(height * width * channels, []),
    layers: [reshape([height, width, channels]), ...blocks.flatMap((block) => layersOf(block, form)), reshape([flat]), ...head],
  }
}

function layersOf({ channels, filters, window }: Block, form: Form): readonly Layer[] {
  const activation = form.batchNorm ? 'linear' : 'relu'
  const convolutions = form.separable
    ? [depthwise(channels, form.size, 'linear'), convolution(channels, filters, 1, activation)]
    : [convolution(channels, filters, form.size, activation)]
  const normal = form.batchNorm ? [batchNorm(filters), rectify()] : []
  const pool = window[0] * window[1] === 1 ? [] : [form.pooling === 'max' ? maxPool(window) : averagePool(window)]
  return [...convolutions, ...normal, ...pool]
}

function dropped({ dropout: share }: Form): readonly Layer[] {
  return share > 0 ? [dropout(share)] : []
}
