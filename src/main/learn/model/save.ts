import { packWeights } from './weights.ts'
import { requireEstimator } from './find-estimator.ts'
import type { Model } from './model.ts'

/** Version of the model bundle that this code writes; see docs/model-bundle.md. */
export const MODEL_FORMAT_VERSION = 1

/** A model as the two files of its bundle: `model.json` and `weights.bin`. Data only. */
export function saveModel(model: Model): { json: string; weights: Uint8Array } {
  const saved = requireEstimator(model.estimator.id).serialise(model.state)
  const { weights, table } = packWeights(saved.arrays)
  const { state: _, goal, classes, summary, rows, estimator, recipe, validation, baseline, importance, samples, lineage } = model
  const content = {
    format: 'millrace-model',
    formatVersion: MODEL_FORMAT_VERSION,
    goal, classes, summary, rows, estimator, validation, baseline, importance, recipe,
    state: saved.json,
    weights: table,
    samples, lineage,
  }
  return { json: `${JSON.stringify(content)}\n`, weights }
}
