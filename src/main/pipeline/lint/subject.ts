import type { LintFinding, ParameterOverride, Pipeline } from '#shared/domain/pipeline.ts'
import type { StepKind } from '../../stages/step-kind.ts'
import type { ValuePath, YamlSource } from '../yaml-source.ts'

/** Top-level texts as the file has them, before they are checked. */
export type GoalTexts = { readonly task: string | undefined; readonly target: string | undefined; readonly positive: string | undefined }

/** What the rules look at: a pipeline file whose shape is right, and the step kinds there are. */
export type LintSubject = {
  readonly source: YamlSource
  /** `goal` is filled in after the rules have passed. */
  readonly pipeline: Pipeline
  readonly goal: GoalTexts
  readonly kinds: ReadonlyMap<string, StepKind>
  readonly overrides: readonly ParameterOverride[]
}

/** One rule: what it finds wrong, each with its place. */
export type LintRule = (subject: LintSubject) => readonly LintFinding[]

/** A finding at a value of the file. */
export function findingAt(source: YamlSource, rule: string, path: ValuePath, message: string, step?: string): LintFinding {
  return { rule, message, file: source.file, ...source.positionOf(path), ...(step === undefined ? {} : { step }) }
}

/** A finding at a key of the file. */
export function findingAtKey(source: YamlSource, rule: string, path: ValuePath, message: string, step?: string): LintFinding {
  return { rule, message, file: source.file, ...source.positionOfKey(path), ...(step === undefined ? {} : { step }) }
}
