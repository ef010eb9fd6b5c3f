import { basename, extname } from 'node:path'
import type { LintFinding, ParameterOverride, Pipeline } from '#shared/domain/pipeline.ts'
import { goalSchema } from '#shared/domain/task.ts'
import type { StepKind } from '../../stages/step-kind.ts'
import { applyOverrides } from '../overrides.ts'
import { parseYaml, type YamlSource } from '../yaml-source.ts'
import { boundInputs } from './bound-inputs.ts'
import { completeGoal } from './complete-goal.ts'
import { knownKinds } from './known-kinds.ts'
import { knownNeeds } from './known-needs.ts'
import { noCycles } from './no-cycles.ts'
import { readStructure } from './structure.ts'
import type { LintRule, LintSubject } from './subject.ts'
import { uniqueIds } from './unique-ids.ts'
import { validParams } from './valid-params.ts'

/** Rules on single steps, then rules that need these to hold. */
const stages: readonly (readonly LintRule[])[] = [
  [uniqueIds],
  [knownKinds, knownNeeds, validParams, completeGoal],
  [noCycles],
  [boundInputs],
]

/** A pipeline that may run, or all that is wrong with it. */
export type LintResult = { readonly pipeline: Pipeline; readonly findings: readonly [] } | { readonly pipeline: undefined; readonly findings: readonly LintFinding[] }

/** Checks a pipeline file's text against the step kinds; `file` is its path as the messages shall name it. */
export function lintPipeline(
  text: string,
  file: string,
  kinds: ReadonlyMap<string, StepKind>,
  overrides: readonly ParameterOverride[] = [],
): LintResult {
  const parsed = parseYaml(text, file)
  return 'findings' in parsed ? { pipeline: undefined, findings: parsed.findings } : lintSource(parsed.source, kinds, overrides)
}

/** Checks what was read from a pipeline file against the step kinds. */
export function lintSource(source: YamlSource, kinds: ReadonlyMap<string, StepKind>, overrides: readonly ParameterOverride[] = []): LintResult {
  const read = readStructure(source, basename(source.file, extname(source.file)))
  if ('findings' in read) return { pipeline: undefined, findings: inFileOrder(read.findings) }
  const steps = applyOverrides(read.shape.pipeline.steps, overrides, kinds)
  const subject: LintSubject = { source, pipeline: { ...read.shape.pipeline, steps }, goal: read.shape.goal, kinds, overrides }
  for (const rules of stages) {
    const findings = rules.flatMap((rule) => rule(subject))
    if (findings.length > 0) return { pipeline: undefined, findings: inFileOrder(findings) }
  }
  const { task, target, positive } = subject.goal
  const goal = task === undefined || target === undefined ? undefined : goalSchema.parse({ task, target, ...(positive === undefined ? {} : { positive }) })
  return { pipeline: { ...subject.pipeline, goal }, findings: [] }
}

function inFileOrder(findings: readonly LintFinding[]): readonly LintFinding[] {
  return findings.toSorted((a, b) => a.line - b.line || a.column - b.column)
}
