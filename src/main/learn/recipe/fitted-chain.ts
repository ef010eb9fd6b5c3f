import { MillraceError } from '#shared/errors.ts'
import { findTransform } from '../transforms/index.ts'
import { applyChain, emptyColumn, type FittedUse, type Made } from './chain.ts'
import type { FittedRecipe } from './recipe.ts'

type FittedStep = FittedRecipe['steps'][number]

/** The error for a part of a saved recipe that cannot be read: `known` is its version here, undefined where there is none of that name. */
export function unreadable(id: string, version: number, known: number | undefined): MillraceError {
  const newer = known === undefined || version > known
  return new MillraceError({
    code: newer ? 'newer-version' : 'corrupt',
    headline: newer ? 'The model was made by a newer Millrace' : 'The model is damaged',
    message: `Its recipe uses the transform "${id}" version ${version}; this Millrace has ${known === undefined ? 'none of that name' : `version ${known}`}.`,
    nextStep: newer ? 'Update Millrace, or train the model again with this version.' : 'Train the model again.',
  })
}

function readUses(step: FittedStep): readonly FittedUse[] {
  return step.transforms.map((use) => {
    const transform = findTransform(use.transform)
    if (transform === undefined || transform.version < use.version) throw unreadable(use.transform, use.version, transform?.version)
    const params = transform.params.safeParse(use.params)
    const fitted = use.fitted.map((learnt) => transform.fitted.safeParse(learnt))
    if (!params.success || !fitted.every((learnt) => learnt.success)) throw unreadable(use.transform, use.version, transform.version)
    return { transform, params: params.data, fitted: fitted.map((learnt) => learnt.data) }
  })
}

/** A served model applies the same step to row after row: its parameters are checked once. */
const checked = new WeakMap<FittedStep, readonly FittedUse[]>()

/** The transforms of a fitted step, their saved parameters and what they learnt checked. Throws MillraceError on anything else. */
export function usesOf(step: FittedStep): readonly FittedUse[] {
  const known = checked.get(step) ?? readUses(step)
  checked.set(step, known)
  return known
}

/** What a fitted step makes of a column without rows: names and kinds of its outputs. */
export function outputsOf(step: FittedStep, uses: readonly FittedUse[] = usesOf(step)): readonly Made[] {
  return [...applyChain(emptyColumn(step.column, step.as), uses)]
}
