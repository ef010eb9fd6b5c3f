import type { SavedArray } from '../saved-state.ts'
import { requireEstimator } from './find-estimator.ts'
import type { Member, Model } from './model.ts'
import { packWeights } from './weights.ts'

/** Version of the model bundle that this code writes; see docs/model-bundle.md. */
export const MODEL_FORMAT_VERSION = 2

function saveMember({ state, ...member }: Member, index: number): { content: unknown; arrays: readonly (readonly [string, SavedArray])[] } {
  const saved = requireEstimator(member.estimator.id).serialise(state)
  return { content: { ...member, state: saved.json }, arrays: Object.entries(saved.arrays).map(([name, array]) => [`${index}/${name}`, array]) }
}

/** A model as the two files of its bundle: `model.json` and `weights.bin`. Data only. */
export function saveModel(model: Model): { json: string; weights: Uint8Array } {
  const members = model.members.map(saveMember)
  const { weights, table } = packWeights(Object.fromEntries(members.flatMap(({ arrays }) => arrays)))
  const { goal, classes, summary, rows, validation, baseline, importance, samples, lineage } = model
  const content = {
    format: 'millrace-model',
    formatVersion: MODEL_FORMAT_VERSION,
    goal,
    classes,
    summary,
    rows,
    validation,
    baseline,
    importance,
    members: members.map((member) => member.content),
    weights: table,
    samples,
    lineage,
  }
  return { json: `${JSON.stringify(content)}\n`, weights }
}
