import type { z } from 'zod'
import type { LintFinding, PipelineStep } from '#shared/domain/pipeline.ts'
import type { StepKind } from '../../stages/step-kind.ts'
import { suggestion } from '../../base/did-you-mean.ts'
import { paramNames } from '../param-names.ts'
import type { ValuePath } from '../yaml-source.ts'
import { issueInWords } from './structure.ts'
import { findingAt, findingAtKey, type LintRule, type LintSubject } from './subject.ts'

const rule = 'valid-params'

/** Parameters are known to the step kind and have values it takes. */
export const validParams: LintRule = (subject) =>
  subject.pipeline.steps.flatMap((step, index) => {
    const kind = subject.kinds.get(step.uses)
    return kind === undefined ? [] : [...unknownParams(subject, step, index, kind), ...badValues(subject, step, index, kind)]
  })

function unknownParams(subject: LintSubject, step: PipelineStep, index: number, kind: StepKind): LintFinding[] {
  const known = paramNames(kind.params)
  if (known === undefined) return []
  return Object.keys(step.params)
    .filter((name) => !known.includes(name))
    .map((name) => at(subject, step, index, [name], `${kind.id} has no parameter "${name}"${suggestion(name, known)}`, true))
}

function badValues(subject: LintSubject, step: PipelineStep, index: number, kind: StepKind): LintFinding[] {
  const parsed = kind.params.safeParse(step.params)
  if (parsed.success) return []
  return parsed.error.issues.flatMap((issue: z.core.$ZodIssue) => {
    const path = issue.path as ValuePath
    if (issue.code === 'unrecognized_keys') {
      if (path.length === 0) return [] // reported above, with a suggestion
      return issue.keys.map((key) => at(subject, step, index, [...path, key], `unknown key "${key}" in parameter "${path.join('.')}"`, true))
    }
    const name = path.join('.')
    if (path.length === 1 && !(String(path[0]) in step.params)) {
      return [at(subject, step, index, [], `parameter "${name}" of ${kind.id} is missing`, false)]
    }
    return [at(subject, step, index, path, name === '' ? issueInWords(issue) : `parameter "${name}": ${issueInWords(issue)}`, false)]
  })
}

/** At the place in the file, or at the `--set` that gave the value. */
function at(subject: LintSubject, step: PipelineStep, index: number, path: ValuePath, message: string, isKey: boolean): LintFinding {
  const name = path.join('.')
  const override = subject.overrides.find(
    ({ step: id, param }) => id === step.id && name !== '' && (param === name || param.startsWith(`${name}.`) || name.startsWith(`${param}.`)),
  )
  if (override !== undefined) return { rule, message, file: `--set ${override.step}.${override.param}`, line: 1, column: 1, step: step.id }
  const full = ['steps', index, ...(path.length === 0 ? [] : ['with', ...path])]
  return isKey ? findingAtKey(subject.source, rule, full, message, step.id) : findingAt(subject.source, rule, full, message, step.id)
}
