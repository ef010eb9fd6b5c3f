import { z } from 'zod'
import type { Matrix } from '../../table/matrix.ts'
import type { MatrixTransform } from '../matrix-transforms/matrix-transform.ts'
import { findMatrixTransform } from '../matrix-transforms/index.ts'
import type { TransformFit } from '../transform.ts'
import { unreadable } from './fitted-chain.ts'
import type { FittedRecipe, TransformUse } from './recipe.ts'

type FittedMatrixStep = FittedRecipe['matrix'][number]

/** A matrix transform with its parameters and what it learnt, checked. */
export type MatrixUse = { readonly transform: MatrixTransform; readonly params: unknown; readonly fitted: unknown }

const paramsRecord = z.record(z.string(), z.unknown())
const checked = new WeakMap<FittedMatrixStep, MatrixUse>()

/** A fitted matrix step, checked once. Throws MillraceError `newer-version` or `corrupt` on what this Millrace cannot read. */
export function matrixUse(step: FittedMatrixStep): MatrixUse {
  const known = checked.get(step)
  if (known !== undefined) return known
  const transform = findMatrixTransform(step.transform)
  if (transform === undefined || transform.version < step.version) throw unreadable(step.transform, step.version, transform?.version)
  const params = transform.params.safeParse(step.params)
  const fitted = transform.fitted.safeParse(step.fitted)
  if (!params.success || !fitted.success) throw unreadable(step.transform, step.version, transform.version)
  const use = { transform, params: params.data, fitted: fitted.data }
  checked.set(step, use)
  return use
}

/** The matrix after the steps. */
export function applyMatrixSteps(matrix: Matrix, steps: readonly FittedMatrixStep[]): Matrix {
  return steps.reduce((made, step) => {
    const { transform, params, fitted } = matrixUse(step)
    return transform.apply(made, params, fitted)
  }, matrix)
}

/** Fits the steps one after the other on the matrix of training rows; what they learnt, and the matrix after them. */
export function fitMatrixSteps(matrix: Matrix, uses: readonly TransformUse[], { target, rng }: TransformFit): { readonly steps: FittedMatrixStep[]; readonly matrix: Matrix } {
  const steps: FittedMatrixStep[] = []
  let made = matrix
  for (const [place, use] of uses.entries()) {
    const transform = findMatrixTransform(use.transform)
    if (transform === undefined) throw unreadable(use.transform, 1, undefined)
    const params = transform.params.parse(use.params)
    const fitted = transform.fit(made, params, { target, rng: rng.fork(`matrix ${place}`) })
    made = transform.apply(made, params, fitted)
    steps.push({ transform: use.transform, params: paramsRecord.parse(params), version: transform.version, fitted })
  }
  return { steps, matrix: made }
}
