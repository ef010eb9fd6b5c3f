import { createRng } from '../../../../src/main/base/rng.ts'
import type { FitContext } from '../../../../src/main/learn/fit-context.ts'
import type { Matrix, MatrixColumn, Target } from '../../../../src/main/table/matrix.ts'
import { ownKernelPool } from '../../../../src/main/wasm/create-kernel-pool.ts'

/** A matrix from its columns, all numeric. */
export function matrixOf(columns: readonly (readonly number[])[], kinds: readonly Partial<MatrixColumn>[] = []): Matrix {
  const rows = columns[0]?.length ?? 0
  const data = new Float32Array(rows * columns.length)
  columns.forEach((cells, j) => {
    data.set(cells, j * rows)
  })
  return { rows, columns: columns.map((_, j) => ({ name: `x${j}`, source: `x${j}`, kind: 'numeric', ...kinds[j] })), data }
}

/** What estimators may use in tests: a seed, one thread, no interruption. */
export function fitContext(seed = 1): FitContext {
  return { rng: createRng(seed), pool: ownKernelPool(), throwIfAborted: () => undefined, progress: () => undefined }
}

/** Standard normal columns. */
export function normalColumns(rows: number, columns: number, seed = 1): number[][] {
  const rng = createRng(seed)
  return Array.from({ length: columns }, () => Array.from({ length: rows }, () => Math.fround(rng.normal())))
}

/** A target of classes by code. */
export function classTarget(codes: readonly number[], classes: readonly string[]): Target {
  return { kind: 'classes', codes: Int32Array.from(codes), classes }
}

/** A target of numbers. */
export function numberTarget(values: readonly number[]): Target {
  return { kind: 'numbers', values: Float64Array.from(values) }
}
