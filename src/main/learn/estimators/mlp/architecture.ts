import { MillraceError } from '#shared/errors.ts'
import { formatBytes } from '../../../base/byte-size.ts'
import { batchNorm } from '../../../compute/layers/batch-norm.ts'
import { dense } from '../../../compute/layers/dense.ts'
import { dropout } from '../../../compute/layers/dropout.ts'
import { embedding } from '../../../compute/layers/embedding.ts'
import type { Layer } from '../../../compute/layers/layer.ts'
import type { Network } from '../../../compute/network.ts'
import { widthOf, type ColumnEncoding } from './encode.ts'
import type { MlpSettings } from './settings.ts'

/** What of the parameters decides the network's form. */
export type Form = Pick<MlpSettings, 'hidden' | 'embedding' | 'batchNorm' | 'dropout'>

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
  return { stem, layers: [...hidden, fromNothing(dense(widths.at(-1) as number, outputs, 'linear'))] }
}

/** A layer that starts with weights of 0: the network begins by saying the same of every row, in place of something far from all. */
function fromNothing(layer: Layer): Layer {
  return { ...layer, parameters: layer.parameters.map((one) => ({ ...one, initial: () => new Float32Array(one.shape.reduce((size, side) => size * side, 1)) })) }
}

/** Bytes that learnt vectors may take while they learn: a step moves all of them, also those of classes that it does not see. */
const MOST_VECTOR_BYTES = 256 * 2 ** 20
/** Copies of a vector while it learns: itself, its gradient, its two moments and the best so far. */
const COPIES = 5

/** Throws `out-of-memory` with the figures where the vectors of a column's classes would take too much. */
export function requireFewClasses(encoding: readonly ColumnEncoding[], form: Form): void {
  for (const column of encoding) {
    if (column.kind !== 'classes') continue
    const bytes = (column.classes + 1) * embeddingWidth(column.classes + 1, form.embedding) * 4 * COPIES
    if (bytes > MOST_VECTOR_BYTES) throw manyClasses(column.name, column.classes, bytes)
  }
}

function manyClasses(column: string, classes: number, bytes: number): MillraceError {
  return new MillraceError({
    code: 'out-of-memory',
    headline: `Column "${column}" has too many classes for learnt vectors`,
    message: `Its ${classes.toLocaleString('en')} classes would take about ${formatBytes(bytes)} while they learn; ${formatBytes(MOST_VECTOR_BYTES)} may be used for a column.`,
    nextStep: 'Let the recipe keep the frequent classes only (`ordinal` with `maxLevels`) or put numbers in their place (`target-encode`, `frequency`), or lower `embedding`.',
    details: { column, classes, neededBytes: bytes, allowedBytes: MOST_VECTOR_BYTES },
  })
}

/** Numbers that stand for a class: about 1.6 · classes^0.56, as fastai has it, at most `most`. */
function embeddingWidth(classes: number, most: number): number {
  return Math.max(1, Math.min(most, Math.round(1.6 * classes ** 0.56)))
}
