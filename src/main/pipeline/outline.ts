import type { OutlineStep, PipelineOutline } from '#shared/domain/pipeline-outline.ts'
import type { PipelineStep } from '#shared/domain/pipeline.ts'
import type { StepKind } from '../stages/step-kind.ts'
import { bindInputs } from './bind-inputs.ts'
import { givenOutputs } from './given-outputs.ts'
import { idOf, needsOf, stepAt, stepKeys, stepsOf, type FileData } from './edit/file-data.ts'
import { isRecord } from './edit/render-yaml.ts'
import { issueInWords } from './lint/structure.ts'
import type { YamlSource } from './yaml-source.ts'

type Kinds = ReadonlyMap<string, StepKind>

/** What a pipeline's text says, step by step, whether or not it may run; null where it is no mapping. */
export function outlineOf(source: YamlSource, fallbackName: string, kinds: Kinds): PipelineOutline | null {
  const data = source.value ?? {}
  if (!isRecord(data)) return null
  const keys = stepKeys(stepsOf(data))
  const steps = keys.map((key, index): PipelineStep => {
    const step = stepAt(data, index)
    const params = isRecord(step['with']) ? step['with'] : {}
    return { id: idOf(step) || key, uses: text(step['uses']) ?? '', params, needs: needsOf(data, index), cache: step['cache'] !== false, retry: number(step['retry']) ?? 0, timeout: undefined }
  })
  return {
    name: source.textOf(['name']) ?? fallbackName,
    task: source.textOf(['task']) ?? null,
    target: source.textOf(['target']) ?? null,
    positive: source.textOf(['positive']) ?? null,
    seed: number(data['seed']) ?? null,
    steps: steps.map((step, index) => outlineStep(step, { steps, data, index, key: keys[index] ?? '', source, kinds })),
  }
}

type Around = { readonly steps: readonly PipelineStep[]; readonly data: FileData; readonly index: number; readonly key: string; readonly source: YamlSource; readonly kinds: Kinds }

function outlineStep(step: PipelineStep, { steps, data, index, key, source, kinds }: Around): OutlineStep {
  const kind = kinds.get(step.uses)
  const bound = bindInputs(step, steps, kinds)
  const parsed = kind?.params.safeParse(step.params)
  const given = stepAt(data, index)
  const names = kind?.namedInputs === undefined ? Object.keys(kind?.inputs ?? {}) : Object.keys(bound)
  return {
    key,
    id: idOf(given),
    uses: step.uses,
    stage: step.uses.split('/')[0] ?? '',
    known: kind !== undefined,
    needs: [...step.needs],
    needsGiven: given['needs'] !== undefined,
    inputs: names.map((name) => ({ name, kind: kind?.inputs[name]?.kind ?? 'dataset', optional: kind?.inputs[name]?.optional === true, from: bound[name] ?? null })),
    outputs: Object.entries(givenOutputs(step, kind)).map(([name, made]) => ({ name, kind: made })),
    params: step.params,
    settled: parsed?.success === true ? (parsed.data as Readonly<Record<string, unknown>>) : null,
    problems: parsed?.success === false ? parsed.error.issues.map((issue) => ({ param: issue.path.join('.'), message: issueInWords(issue) })) : [],
    cache: step.cache,
    retry: step.retry,
    timeout: text(given['timeout']) ?? number(given['timeout']) ?? null,
    lines: source.linesOf(['steps', index]),
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}
