import type { ParameterOverride, PipelineStep } from '#shared/domain/pipeline.ts'
import { MillraceError } from '#shared/errors.ts'
import { nearestWord, suggestion } from '../base/did-you-mean.ts'
import type { StepKind } from '../stages/step-kind.ts'
import { paramNames } from './param-names.ts'
import { parseYaml } from './yaml-source.ts'

/** Reads `step.param=value`; the value as YAML, so `3` is a number, `true` a truth value, `[a, b]` a list, `"3"` a text. */
export function parseOverride(text: string): ParameterOverride {
  const match = /^([A-Za-z0-9][A-Za-z0-9_-]*)\.([^=\s]+)=(.*)$/s.exec(text)
  const [, step, param, raw] = match ?? []
  if (step === undefined || param === undefined || raw === undefined) {
    throw usage(`"${text}" does not set a parameter`, `Write it as step.parameter=value, for example: --set split.test=0.3`, text)
  }
  const parsed = parseYaml(raw, `--set ${step}.${param}`)
  if ('findings' in parsed) {
    throw usage(`The value of --set ${step}.${param} cannot be read`, `Put the value in quotes: --set '${step}.${param}="${raw}"'`, raw)
  }
  return { step, param, value: parsed.source.value }
}

/** The steps with parameters set from outside; unknown steps and parameters are refused with a suggestion. */
export function applyOverrides(
  steps: readonly PipelineStep[],
  overrides: readonly ParameterOverride[],
  kinds: ReadonlyMap<string, StepKind>,
): readonly PipelineStep[] {
  for (const override of overrides) check(override, steps, kinds)
  return steps.map((step) => {
    const own = overrides.filter((override) => override.step === step.id)
    const params = own.reduce<Readonly<Record<string, unknown>>>((all, { param, value }) => withValue(all, param.split('.'), value), step.params)
    return { ...step, params }
  })
}

function check({ step: id, param }: ParameterOverride, steps: readonly PipelineStep[], kinds: ReadonlyMap<string, StepKind>): void {
  const step = steps.find((candidate) => candidate.id === id)
  if (step === undefined) throw unknownStep(id, steps.map((candidate) => candidate.id), `--set ${id}.${param}`)
  const kind = kinds.get(step.uses)
  const known = kind === undefined ? undefined : paramNames(kind.params)
  const name = param.split('.')[0] ?? ''
  if (known === undefined || known.includes(name)) return
  const near = nearestWord(name, known)
  throw usage(
    `Step "${id}" has no parameter "${name}"`,
    near === undefined ? `Parameters of ${step.uses}: ${known.join(', ') || 'none'}.` : `Did you mean --set ${id}.${near}=…?`,
    name,
  )
}

/** The error for a step that the pipeline does not have. */
export function unknownStep(id: string, known: readonly string[], where: string): MillraceError {
  return usage(`The pipeline has no step "${id}"${suggestion(id, known)}`, `Steps of this pipeline: ${known.join(', ')}.`, where)
}

function usage(headline: string, nextStep: string, value: string): MillraceError {
  return new MillraceError({ code: 'usage', headline, nextStep, details: { value } })
}

function withValue(params: Readonly<Record<string, unknown>>, path: readonly string[], value: unknown): Readonly<Record<string, unknown>> {
  const [name, ...rest] = path
  if (name === undefined) return params
  if (rest.length === 0) return { ...params, [name]: value }
  const inner = params[name]
  const record = inner !== null && typeof inner === 'object' && !Array.isArray(inner) ? (inner as Record<string, unknown>) : {}
  return { ...params, [name]: withValue(record, rest, value) }
}
