import type { EvaluationReport } from '#shared/domain/evaluation.ts'
import { evaluationReportSchema } from '#shared/domain/evaluation.ts'
import type { ModelAbout } from '#shared/domain/model.ts'
import type { ModelCard } from '#shared/domain/model-card.ts'
import { findMetric, metricsOf } from '../learn/metrics/index.ts'
import type { Project } from '../store/project.ts'
import { parseRunId } from '../store/run-id.ts'
import type { RunRecord } from '../store/run-repository.ts'
import type { StepRunRecord } from '../store/step-run-repository.ts'
import type { ModelDesk } from './model-desk.ts'
import { originOf, type ModelOrigin } from './model-origin.ts'
import { modelEntry, servedModel, type ModelListEntry } from './models.ts'
import { readEvaluation } from './reports.ts'
import { choiceOf } from './run-files.ts'

/** Parts of the rows named at most. */
const WEAK = 8

function purposeOf({ goal, classes, inputs }: ModelAbout): string {
  const columns = inputs.length === 1 ? 'one column' : `${String(inputs.length)} columns`
  if (goal.task === 'regression') return `Predicts the number ${goal.target} from ${columns}.`
  if (goal.task === 'binary-classification') return `Says how probable it is that ${goal.target} is ${classes[1] ?? ''}, not ${classes[0] ?? ''}, from ${columns}.`
  return `Says which of ${String(classes.length)} classes ${goal.target} is, with a probability for each, from ${columns}.`
}

function dataOf(project: Project, about: ModelAbout, origin: ModelOrigin, steps: readonly StepRunRecord[]): ModelCard['data'] {
  const { baseline } = about
  const outputs = steps.filter(({ uses }) => uses.startsWith('ingest/')).flatMap(({ run, step }) => project.stepRuns.outputs(run, step))
  const versions = outputs.filter(({ kind }) => kind === 'dataset').flatMap(({ hash }) => project.datasets.ofHash(hash).slice(0, 1))
  const total = baseline.kind === 'classes' ? baseline.counts.reduce((sum, count) => sum + count, 0) : 0
  const shares = baseline.kind === 'classes' ? baseline.counts.map((count) => count / Math.max(1, total)) : []
  return {
    sources: versions.map(({ name, version, source }) => ({ dataset: `${name}@${String(version)}`, source })),
    target: about.goal.target,
    trainingRows: about.trainingRows,
    testRows: origin.test?.meta.rows ?? null,
    classes: about.classes.map((name, index) => ({ name, share: shares[index] ?? 0, positive: about.goal.task === 'binary-classification' && index === 1 })),
    numbers: baseline.kind === 'numbers' ? { mean: baseline.mean, deviation: baseline.deviation } : null,
  }
}

function scoresOf(report: EvaluationReport | undefined): ModelCard['scores'] {
  if (report === undefined) return []
  const shown = metricsOf(report.goal.task).filter(({ id }) => report.metrics[id] !== undefined)
  const leading = shown.toSorted((a, b) => Number(b.id === report.primary.metric) - Number(a.id === report.primary.metric))
  return leading.map(({ id, label }) => {
    const interval = report.intervals[id]
    return { metric: id, label, value: report.metrics[id] ?? Number.NaN, interval: interval === undefined ? null : { low: interval.low, high: interval.high }, baseline: report.baseline.metrics[id] ?? null }
  })
}

function weakOf(report: EvaluationReport | undefined): ModelCard['weak'] {
  const worse = (report?.slices ?? []).filter(({ worse: isWorse, score }) => isWorse && score !== undefined)
  const sign = report?.primary.greaterIsBetter === false ? -1 : 1
  return worse
    .toSorted((a, b) => sign * ((a.score ?? 0) - (b.score ?? 0)))
    .slice(0, WEAK)
    .map(({ column, value, rows, score, interval }) => ({ column, value, rows, score: score ?? Number.NaN, interval: interval ?? null }))
}

function limitsOf(about: ModelAbout, report: EvaluationReport | undefined, origin: ModelOrigin): string[] {
  const evaluated = report === undefined ? ['It was not evaluated on rows that it had not seen: how well it does is not known.'] : [`Its scores hold for rows like the ${report.rows.toLocaleString('en-US')} test rows; where the world has changed since, they say little.`]
  const half = about.goal.task === 'binary-classification' ? [`A row counts as ${about.classes[1] ?? ''} from a probability of 0.50 on; where mistakes cost differently, another threshold may be better.`] : []
  const gone = origin.training === undefined ? ['The rows that it learnt from are not in the project any more.'] : []
  return [...(report?.warnings ?? []), ...evaluated, ...half, 'What a column adds to a prediction is not what changing it would do in the world.', ...gone]
}

function lineageOf(project: Project, steps: readonly StepRunRecord[]): ModelCard['lineage'] {
  return steps.flatMap(({ run, step, uses }) =>
    project.stepRuns.outputs(run, step).flatMap(({ name, kind, hash }) => (kind === 'deployment' ? [] : [{ step, uses, output: name === kind ? kind : `${kind} ${name}`, hash }])),
  )
}

function backendOf({ lineage: { backend, device, backendReason } }: ModelAbout): ModelCard['training']['backend'] {
  return typeof backend === 'string' ? { id: backend, device: String(device ?? ''), why: String(backendReason ?? '') } : null
}

async function trainingOf(project: Project, entry: ModelListEntry, about: ModelAbout, origin: ModelOrigin, run: RunRecord | undefined): Promise<ModelCard['training']> {
  const choice = run === undefined ? undefined : await choiceOf(project, run)
  const { validation } = entry
  return {
    estimator: entry.estimator,
    summary: entry.summary,
    reason: choice?.reason ?? null,
    validation: validation === undefined ? null : { ...validation, label: findMetric(validation.metric)?.label ?? validation.metric },
    fitSeconds: origin.step?.hit === false ? origin.step.seconds : null,
    bytes: entry.bytes,
    backend: backendOf(about),
    members: about.members,
  }
}

/** What becomes of each column; what only one of several learners does with it says which. */
function featuresOf({ recipe }: ModelAbout): string[] {
  const [first, ...others] = recipe
  const shared = new Set((first?.lines ?? []).filter((line) => others.every(({ lines }) => lines.includes(line))))
  const own = recipe.flatMap(({ estimator, lines }) => lines.flatMap((line) => (shared.has(line) ? [] : [`${estimator} · ${line}`])))
  const more = recipe.reduce((sum, one) => sum + one.more, 0)
  return [...shared, ...new Set(own), ...(more > 0 ? [`and ${String(more)} more`] : [])]
}

/** What somebody who meets the model needs to know of it, from its bundle, its evaluation and the run that has it. */
export async function modelCard(project: Project, desk: ModelDesk, wanted: string, wantedRun?: string): Promise<ModelCard> {
  const entry = modelEntry(project, wanted)
  const about = await desk.ask(project, servedModel(project, { model: wanted }), { kind: 'about' })
  const origin = originOf(project, entry.hash, wantedRun)
  const run = origin.run === undefined ? undefined : project.runs.get(parseRunId(origin.run))
  const steps = run === undefined ? [] : project.stepRuns.ofRun(run.number)
  const read = origin.run === undefined ? null : await readEvaluation(project, origin.run)
  const report = read === null ? undefined : evaluationReportSchema.parse(read)
  return {
    model: `${entry.name}@${String(entry.version)}`,
    purpose: purposeOf(about),
    createdAt: entry.createdAt,
    run: origin.run ?? null,
    pipeline: run?.pipeline ?? null,
    pipelineFile: run?.pipelineFile ?? null,
    seed: run?.seed ?? null,
    deployments: [...entry.deployments],
    data: dataOf(project, about, origin, steps),
    inputs: about.inputs,
    features: featuresOf(about),
    training: await trainingOf(project, entry, about, origin, run),
    scores: scoresOf(report),
    comparison: report?.comparison ?? [],
    weak: weakOf(report),
    limits: limitsOf(about, report, origin),
    lineage: lineageOf(project, steps),
  }
}
