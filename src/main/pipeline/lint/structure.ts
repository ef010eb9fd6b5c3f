import type { z } from 'zod'
import { pipelineFileSchema, pipelineStepSchema, type LintFinding, type Pipeline, type PipelineStep } from '#shared/domain/pipeline.ts'
import { suggestion } from '../../base/did-you-mean.ts'
import type { ValuePath, YamlSource } from '../yaml-source.ts'
import { findingAt, findingAtKey, type GoalTexts } from './subject.ts'

const topKeys = Object.keys(pipelineFileSchema.shape)
const stepKeys = Object.keys(pipelineStepSchema.shape)
const rule = 'structure'

/** Keys that are planned but do nothing yet: refused, because ignoring them would run something else than the file says. */
const notYet = ['when']

/** A file whose shape is right: its pipeline without a checked goal. */
export type Shape = { readonly pipeline: Pipeline; readonly goal: GoalTexts }

/** Checks keys and types of the file, and fills in defaults: names, seed, `needs` of the step before. */
export function readStructure(source: YamlSource, fallbackName: string): { readonly shape: Shape } | { readonly findings: readonly LintFinding[] } {
  if (source.value === null || source.value === undefined) {
    return { findings: [findingAt(source, rule, [], 'the file is empty; a pipeline needs at least "steps:"')] }
  }
  if (typeof source.value !== 'object' || Array.isArray(source.value)) {
    return { findings: [findingAt(source, rule, [], 'the file is not a mapping; it starts with keys such as "name:" and "steps:"')] }
  }
  const parsed = pipelineFileSchema.safeParse(withTexts(source))
  if (!parsed.success) return { findings: parsed.error.issues.flatMap((issue) => findingsOf(source, issue)) }
  const { name, seed, backend, steps, task, target, positive } = parsed.data
  return {
    shape: { pipeline: { name: name ?? fallbackName, goal: undefined, seed, backend, steps: steps.map(stepOf) }, goal: { task, target, positive } },
  }
}

/** Names of columns and classes are text, as they stand: `positive: 1.0` means the class "1.0". */
function withTexts(source: YamlSource): unknown {
  const texts = ['name', 'target', 'positive'].flatMap((key) => {
    const text = source.textOf([key])
    return text === undefined ? [] : [[key, text] as const]
  })
  return { ...(source.value as object), ...Object.fromEntries(texts) }
}

function stepOf(step: z.infer<typeof pipelineStepSchema>, index: number, all: readonly z.infer<typeof pipelineStepSchema>[]): PipelineStep {
  const previous = all[index - 1]
  return {
    id: step.id,
    uses: step.uses,
    params: step.with,
    needs: step.needs ?? (previous === undefined ? [] : [previous.id]),
    cache: step.cache,
    retry: step.retry,
    timeout: step.timeout,
  }
}

function findingsOf(source: YamlSource, issue: z.core.$ZodIssue): LintFinding[] {
  const path = issue.path as ValuePath
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => findingAtKey(source, rule, [...path, key], unknownKey(key, path.length === 0 ? topKeys : stepKeys)))
  }
  const name = pathInWords(path)
  // A missing key is reported at the step it is missing from.
  const isMissing = issue.code === 'invalid_type' && source.textOf(path) === undefined && valueAt(source.value, path) === undefined
  if (isMissing) return [findingAt(source, rule, path.slice(0, -1), `${name} is missing`)]
  return [findingAt(source, rule, path, `${name}: ${issueInWords(issue)}`)]
}

function unknownKey(key: string, known: readonly string[]): string {
  if (notYet.includes(key)) return `"${key}" is not supported yet; remove it`
  return `unknown key "${key}"${suggestion(key, known)}`
}

const kindsInWords: Readonly<Record<string, string>> = {
  int: 'a whole number',
  number: 'a number',
  string: 'a text',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
}

/** A zod issue as a short text without its "Invalid input:". */
export function issueInWords(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_union') {
    const texts = issue.errors.flat().map(issueInWords)
    if (texts.length > 0) return [...new Set(texts)].join(', or ')
  }
  if (issue.code === 'invalid_type') return `${kindsInWords[issue.expected] ?? issue.expected} is expected${issue.message.endsWith('received null') ? ', nothing is given' : ''}`
  if (issue.code === 'too_small' || issue.code === 'too_big') return issue.message.replace(/^Too (small|big): expected \w+ to (be|have) /, (_text, _size, verb: string) => (verb === 'be' ? 'it must be ' : 'it must have ')).replace(/([<>]=?)(?=\S)/, '$1 ')
  const text = issue.message.replace(/^(Invalid input|Invalid option|Invalid string): /, '')
  return text.charAt(0).toLowerCase() + text.slice(1)
}

/** `steps[2].with.test` as people count: "with.test of step 3". */
function pathInWords(path: ValuePath): string {
  if (path[0] !== 'steps' || typeof path[1] !== 'number') return path.length === 0 ? 'the file' : `"${path.join('.')}"`
  const step = `step ${path[1] + 1}`
  return path.length === 2 ? step : `"${path.slice(2).join('.')}" of ${step}`
}

function valueAt(value: unknown, path: ValuePath): unknown {
  return path.reduce<unknown>((parent, key) => (parent !== null && typeof parent === 'object' ? (parent as Record<string, unknown>)[key] : undefined), value)
}
