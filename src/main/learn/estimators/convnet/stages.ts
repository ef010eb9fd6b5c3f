import { BATCH_NORM_EPSILON } from '../../../compute/layers/batch-norm.ts'
import { denseStage } from '../../neural/forward/dense-stage.ts'
import { convolutionStage, depthwiseStage, poolingStage } from '../../neural/forward/image-stages.ts'
import type { Stage } from '../../neural/forward/stage.ts'
import type { Trained } from '../../neural/saved-networks.ts'
import { blocksOf, type Form } from './form.ts'

/** The network of a form with its weights, for predictions: batch normalisation has gone into the convolution before it. */
export function stagesOf(form: Form, { weights, measured }: Trained): readonly Stage[] {
  const stages: Stage[] = []
  let [next, nextMeasured] = [0, 0]
  const take = (): Float32Array => weights[next++] as Float32Array
  for (const block of blocksOf(form).blocks) {
    if (form.separable) stages.push(depthwiseStage(block, take(), take(), form.size))
    let [filter, bias] = [take(), take()]
    if (form.batchNorm) {
      const [gamma, beta, mean, variance] = [take(), take(), measured[nextMeasured++] as Float32Array, measured[nextMeasured++] as Float32Array]
      ;[filter, bias] = normalised(filter, bias, { gamma, beta, mean, variance })
    }
    stages.push(convolutionStage(block, filter, bias, form.separable ? 1 : form.size, 'relu'))
    if (block.window[0] * block.window[1] > 1) stages.push(poolingStage({ ...block, channels: block.filters }, block.window, form.pooling))
  }
  return [...stages, denseStage(take(), take(), 'relu'), denseStage(take(), take(), 'linear')]
}

type Norm = { readonly gamma: Float32Array; readonly beta: Float32Array; readonly mean: Float32Array; readonly variance: Float32Array }

/** Filter and bias that give what normalisation makes of the convolution's output. */
function normalised(filter: Float32Array, bias: Float32Array, { gamma, beta, mean, variance }: Norm): [Float32Array, Float32Array] {
  const scale = Float64Array.from(gamma, (value, j) => value / Math.sqrt((variance[j] as number) + BATCH_NORM_EPSILON))
  const own = filter.map((value, at) => value * (scale[at % scale.length] as number))
  return [own, bias.map((value, j) => (value - (mean[j] as number)) * (scale[j] as number) + (beta[j] as number))]
}
