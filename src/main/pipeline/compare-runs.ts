import type { RunComparison } from '#shared/domain/run.ts'
import { canonicalJson } from '../base/hash.ts'
import type { Project } from '../store/project.ts'
import { parseRunId, runNotFound } from '../store/run-id.ts'
import { listEntry } from '../store/run-repository.ts'

/** Parameters and metrics of runs side by side, in the order asked. */
export function compareRuns(project: Project, runs: readonly string[]): RunComparison {
  const records = runs.map((run) => {
    const record = project.runs.get(parseRunId(run))
    if (record === undefined) throw runNotFound(run)
    return record
  })
  const params = records.map((record) => paramsOf(project, record.number))
  const metrics = records.map((record) => record.outcome.metrics ?? {})
  return {
    runs: records.map(listEntry),
    params: union(params.map((one) => [...one.keys()])).map((key) => {
      const values = params.map((one) => one.get(key)?.value)
      const [step = '', ...param] = key.split('.')
      return { step, param: param.join('.'), values, differs: new Set(values.map((value) => canonicalJson(value ?? null))).size > 1 }
    }),
    metrics: union(metrics.map((one) => Object.keys(one))).map((metric) => ({ metric, values: metrics.map((one) => one[metric]) })),
  }
}

/** `step.param` → value, after defaults. */
function paramsOf(project: Project, run: number): Map<string, { readonly value: unknown }> {
  const entries = project.stepRuns
    .ofRun(run)
    .flatMap((step) => Object.entries(step.params ?? {}).map(([param, value]) => [`${step.step}.${param}`, { value }] as const))
  return new Map(entries)
}

function union(lists: readonly (readonly string[])[]): readonly string[] {
  return [...new Set(lists.flat())]
}
