import type { MatrixTransform } from './matrix-transform.ts'
import { pca } from './pca.ts'
import { selection } from './selection.ts'

/** Every change to a finished matrix that recipes can use; adding one is one file and one line here. */
export const matrixTransforms: readonly MatrixTransform[] = [selection, pca]

/** The matrix transform of that id. */
export function findMatrixTransform(id: string): MatrixTransform | undefined {
  return matrixTransforms.find((transform) => transform.id === id)
}
