import { batchNorm } from '../../../compute/layers/batch-norm.ts'
import { dense } from '../../../compute/layers/dense.ts'
import { dropout } from '../../../compute/layers/dropout.ts'
import { embedding } from '../../../compute/layers/embedding.ts'
import type { Network } from '../../../compute/network.ts'
import { widthOf, type ColumnEncoding } from './encode.ts'
import type { MlpParams } from './params.ts'

/** What of the parameters decides the network's form. */
export type Form = Pick<MlpParams, 'hidden' | 'embedding' | 'batchNorm' | 'dropout'>

/** Embedded columns, hidden layers of relu, and one linear output per score. */
export function networkOf(encoding: readonly ColumnEncoding[], form: Form, outputs: number): Network {
  const numbers = encoding.reduce((sum, column) => sum + widthOf(column), 0)
  const columns = encoding.flatMap((column) =>
    column.kind === 'classes' ? [{ name: column.name, classes: column.classes + 1, width: embeddingWidth(column.classes + 1, form.embedding) }] : [],
  )
  const stem = embedding(numbers, columns)
  const widths = [stem.width, ...form.hidden]
  const hidden = form.hidden.flatMap((units, i) => [
    dense(widths[i] as number, units, 'relu'),
    ...(form.batchNorm ? [batchNorm(units)] : []),
    ...(form.dropout > 0 ? [dropout(form.dropout)] : []),
  ])
  return { stem, layers: [...hidden, dense(widths.at(-1) as number, outputs, 'linear')] }
}

/** Numbers that stand for a class: about 1.6 · classes^0.56, as fastai has it, at most `most`. */
function embeddingWidth(classes: number, most: number): number {
  return Math.max(1, Math.min(most, Math.round(1.6 * classes ** 0.56)))
}
