import { readFile } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { z } from 'zod'
import type { MethodOutput } from '#shared/contract/index.ts'
import type { PipelineChange } from '#shared/domain/pipeline-change.ts'
import type { CheckedPipeline } from '#shared/domain/pipeline-outline.ts'
import { estimators } from '../learn/estimators/index.ts'
import { metrics } from '../learn/metrics/index.ts'
import { checkText } from '../pipeline/check-text.ts'
import { editPipeline } from '../pipeline/edit/edit-pipeline.ts'
import estimateStep, { type EstimateInput } from '../pipeline/estimate-job.ts'
import { parseOverride } from '../pipeline/overrides.ts'
import { planPipeline, type Plan } from '../pipeline/plan.ts'
import { checkPipeline } from '../pipeline/read-pipeline.ts'
import { builtInRegistry, loadStepKinds } from '../pipeline/step-kinds.ts'
import type { Estimate, StepKind } from '../stages/step-kind.ts'
import type { Job } from '../workers/job.ts'
import { recipeColumns, recipeOfFile, type RecipeColumns, type RecipeOfFile, type RecipeOverData } from './features/recipe-columns.ts'

/** What a list says of a file. */
export type PipelineHead = { readonly name: string; readonly steps: number; readonly problems: number }

/** What is asked of pipeline texts, and what comes back. */
export type TextQuestions = {
  check: { readonly input: { readonly text: string; readonly file: string }; readonly output: CheckedPipeline }
  edit: { readonly input: { readonly text: string; readonly change: PipelineChange }; readonly output: { readonly text: string; readonly step: string | null } }
  plan: { readonly input: { readonly text: string; readonly file: string; readonly set: readonly string[] }; readonly output: Plan }
  estimate: { readonly input: Omit<EstimateInput, 'registry'>; readonly output: Estimate }
  /** One answer per file; undefined where it holds no pipeline. */
  heads: { readonly input: { readonly files: readonly string[] }; readonly output: readonly (PipelineHead | undefined)[] }
  recipe: { readonly input: { readonly text: string; readonly file: string }; readonly output: RecipeOfFile }
  'recipe-columns': { readonly input: RecipeOverData; readonly output: RecipeColumns }
  kinds: { readonly input: object; readonly output: MethodOutput<'pipelines.kinds'> }
}

/** A question with what it needs. */
export type TextQuestion = { [Q in keyof TextQuestions]: { readonly ask: Q } & TextQuestions[Q]['input'] }[keyof TextQuestions]

type Kinds = ReadonlyMap<string, StepKind>

/** Reads, checks, changes and plans pipeline texts: a large one takes long enough to be felt on the host's thread. */
const answerQuestion: Job<TextQuestion, TextQuestions[keyof TextQuestions]['output']> = async (question, context) => {
  const kinds = await loadStepKinds()
  switch (question.ask) {
    case 'check':
      return checkText(question.text, question.file, kinds)
    case 'edit':
      return editPipeline(question.text, question.change, kinds)
    case 'plan':
      return planPipeline(checkPipeline(question.text, question.file, kinds, question.set.map(parseOverride)), { kinds })
    case 'estimate':
      return estimateStep({ ...question, registry: builtInRegistry.href }, context)
    case 'recipe':
      return recipeOfFile(question.text, question.file, kinds)
    case 'recipe-columns':
      return recipeColumns(question)
    case 'heads':
      return Promise.all(question.files.map((file) => headOf(file, kinds)))
    case 'kinds':
      return describeKinds(kinds)
  }
}

export default answerQuestion

async function headOf(file: string, kinds: Kinds): Promise<PipelineHead | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '')
  if (!/^steps\s*:/m.test(text) && !/^\s*\{/.test(text)) return undefined
  const { outline, findings } = checkText(text, file, kinds)
  if (outline !== null && outline.steps.length === 0) return undefined
  return { name: outline?.name ?? basename(file, extname(file)), steps: outline?.steps.length ?? 0, problems: findings.length }
}

function schemaOf(params: z.ZodType): Record<string, unknown> {
  return z.toJSONSchema(params, { io: 'input', unrepresentable: 'any' })
}

function describeKinds(kinds: Kinds): MethodOutput<'pipelines.kinds'> {
  return {
    kinds: [...kinds.values()].map((kind) => ({
      id: kind.id,
      stage: kind.id.split('/')[0] ?? '',
      label: kind.label,
      help: kind.help,
      inputs: Object.entries(kind.inputs).map(([name, input]) => ({ name, kind: input.kind, optional: input.optional === true })),
      takesNamed: kind.namedInputs !== undefined,
      outputs: [
        ...Object.entries(kind.outputs).map(([name, made]) => ({ name, kind: made, optional: false })),
        ...Object.entries(kind.optionalOutputs ?? {}).map(([name, { kind: made }]) => ({ name, kind: made, optional: true })),
      ],
      schema: schemaOf(kind.params),
    })),
    estimators: estimators.filter(({ columnsAre }) => columnsAre === undefined).map(({ id, label, tasks, params }) => ({ id, label, tasks: [...tasks], schema: schemaOf(params) })),
    metrics: metrics.map(({ id, label, tasks }) => ({ id, label, tasks: [...tasks] })),
  }
}
