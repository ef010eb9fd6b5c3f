import { z } from 'zod'
import { MillraceError } from '#shared/errors.ts'
import { goalSchema } from '#shared/domain/task.ts'
import { outputColumns } from '../recipe/apply.ts'
import { fittedRecipeSchema } from '../recipe/recipe.ts'
import type { SavedState } from '../saved-state.ts'
import { findEstimator } from './find-estimator.ts'
import { estimatorOf, importanceSchema, lineageSchema, sampleRowSchema, targetSummarySchema, validationSchema, type Member, type Model } from './model.ts'
import { MODEL_FORMAT_VERSION } from './save.ts'
import { unpackWeights, weightsTableSchema } from './weights.ts'

const headSchema = z.object({ format: z.literal('millrace-model'), formatVersion: z.int().positive() })

const fileSchema = z.object({
  goal: goalSchema,
  classes: z.array(z.string()),
  summary: z.string(),
  rows: z.int().positive(),
  validation: validationSchema.optional(),
  baseline: targetSummarySchema,
  importance: z.array(importanceSchema),
  members: z
    .array(
      z.object({
        weight: z.number().positive().max(1),
        recipe: fittedRecipeSchema,
        estimator: z.object({ id: z.string(), version: z.int().positive(), params: z.unknown() }),
        state: z.unknown(),
      }),
    )
    .min(1),
  weights: weightsTableSchema,
  samples: z.array(sampleRowSchema),
  lineage: lineageSchema,
})

function corrupt(message: string, cause?: unknown): MillraceError {
  return new MillraceError(
    { code: 'corrupt', headline: 'The model cannot be read', message, nextStep: 'Train the model again, or restore its folder from a backup.' },
    cause,
  )
}

function newer(message: string): MillraceError {
  return new MillraceError({
    code: 'newer-version',
    headline: 'The model was saved by a newer Millrace',
    message,
    nextStep: 'Update Millrace, or train the model again with this version.',
  })
}

function parseJson(json: string | Uint8Array): unknown {
  try {
    const text = typeof json === 'string' ? json : new TextDecoder('utf-8', { fatal: true }).decode(json)
    return JSON.parse(text) as unknown
  } catch (error) {
    throw corrupt('model.json is not a JSON text; it was cut off or changed.', error)
  }
}

function parseFile(json: string | Uint8Array): z.infer<typeof fileSchema> {
  const content = parseJson(json)
  const head = headSchema.safeParse(content)
  if (!head.success) throw corrupt('model.json is not the description of a Millrace model.')
  if (head.data.formatVersion > MODEL_FORMAT_VERSION) {
    throw newer(`Its format is version ${head.data.formatVersion}; this Millrace reads up to version ${MODEL_FORMAT_VERSION}.`)
  }
  const parsed = fileSchema.safeParse(content)
  if (!parsed.success) throw corrupt(`model.json does not hold what a model needs: ${z.prettifyError(parsed.error)}`)
  return parsed.data
}

function requireKnown(estimator: Member['estimator']) {
  const found = findEstimator(estimator.id)
  if (found === undefined) {
    throw new MillraceError({
      code: 'unsupported',
      headline: `This Millrace has no estimator "${estimator.id}"`,
      message: `The model was trained with "${estimator.id}", version ${estimator.version}.`,
      nextStep: 'Use the Millrace that trained the model, or train it again with another estimator.',
      details: { value: estimator.id },
    })
  }
  if (estimator.version > found.version) throw newer(`It was trained with version ${estimator.version} of "${estimator.id}"; this Millrace has version ${found.version}.`)
  return found
}

function loadMember(saved: z.infer<typeof fileSchema>['members'][number], index: number, arrays: SavedState['arrays']): Member {
  const estimator = requireKnown(saved.estimator)
  const prefix = `${index}/`
  const own = Object.entries(arrays).filter(([name]) => name.startsWith(prefix)).map(([name, array]) => [name.slice(prefix.length), array])
  outputColumns(saved.recipe) // checks what each transform learnt
  return { ...saved, state: estimator.deserialise({ json: saved.state, arrays: Object.fromEntries(own) as SavedState['arrays'] }) }
}

/** The model of a bundle; nothing in it is trusted before it is checked. Throws `corrupt`, `newer-version` or `unsupported`. */
export function loadModel(json: string | Uint8Array, weights: Uint8Array): Model {
  const { members, weights: table, validation, ...file } = parseFile(json)
  for (const { estimator } of members) requireKnown(estimator)
  const arrays = unpackWeights(weights, table)
  if (typeof arrays === 'string') throw corrupt(`weights.bin cannot be read: ${arrays}.`)
  if (file.goal.task === 'regression' ? file.classes.length > 0 : file.classes.length < 2) throw corrupt('The classes do not suit the task.')
  const loaded = members.map((member, index) => loadMember(member, index, arrays))
  return { ...file, validation, members: loaded, estimator: estimatorOf(loaded) }
}
