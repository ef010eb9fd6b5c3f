import { dense } from '../../../compute/layers/dense.ts'
import { dropout } from '../../../compute/layers/dropout.ts'
import { embedding } from '../../../compute/layers/embedding.ts'
import { gru } from '../../../compute/layers/gru.ts'
import { layerNorm } from '../../../compute/layers/layer-norm.ts'
import type { Layer } from '../../../compute/layers/layer.ts'
import { lstm } from '../../../compute/layers/lstm.ts'
import { reshape } from '../../../compute/layers/reshape.ts'
import type { Network } from '../../../compute/network.ts'
import { denseStage } from '../../neural/forward/dense-stage.ts'
import { layerNormStage, recurrentStage } from '../../neural/forward/sequence-stages.ts'
import type { Stage } from '../../neural/forward/stage.ts'
import type { Trained } from '../../neural/saved-networks.ts'
import type { Form } from './form.ts'

/** A recurrent layer over the window, then a dense layer, and one linear output per score. */
export function networkOf({ steps, features, cell, units, layerNorm: normal, hidden, dropout: share }: Form, outputs: number): Network {
  const dropped: readonly Layer[] = share > 0 ? [dropout(share)] : []
  return {
    stem: embedding(steps * features, []),
    layers: [
      reshape([steps, features]), (cell === 'lstm' ? lstm : gru)(features, units), ...(normal ? [layerNorm(units)] : []),
      ...dropped, dense(units, hidden, 'relu'), ...dropped, dense(hidden, outputs, 'linear'),
    ],
  }
}

/** The same network with its weights, for predictions. */
export function stagesOf({ cell, steps, features, layerNorm: normal }: Form, { weights }: Trained): readonly Stage[] {
  const [kernel, recurrent, bias, ...rest] = weights as [Float32Array, Float32Array, Float32Array, ...Float32Array[]]
  const norm = normal ? [layerNormStage(rest[0] as Float32Array, rest[1] as Float32Array)] : []
  const [hidden, hiddenBias, scores, scoresBias] = rest.slice(2 * norm.length) as [Float32Array, Float32Array, Float32Array, Float32Array]
  return [recurrentStage(cell, { kernel, recurrent, bias }, steps, features), ...norm, denseStage(hidden, hiddenBias, 'relu'), denseStage(scores, scoresBias, 'linear')]
}
