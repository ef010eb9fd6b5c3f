import { basename } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { ProjectSummary, Stage } from '#shared/contract/projects.ts'
import { stageSchema } from '#shared/contract/projects.ts'
import type { Artifact } from '#shared/domain/artifact.ts'
import { primaryMetric } from '../learn/metrics/index.ts'
import type { Project } from '../store/project.ts'
import type { RunRecord } from '../store/run-repository.ts'
import type { StepRunRecord } from '../store/step-run-repository.ts'

type StageState = ProjectSummary['stages'][number]

/** Runs that are looked at for the newest one of a pipeline; imports and profiles are runs too. */
const LOOKED_AT = 40

/** How far a project is, stage by stage: what the newest run of a pipeline came to, and what is there. Reads the database only, and lets other work in between. */
export async function summariseProject(project: Project): Promise<ProjectSummary> {
  const datasets = project.datasets.list()
  const models = project.models.list()
  const deployments = project.deployments.list()
  const recent = project.runs.list(LOOKED_AT)
  const newest = newestPipelineRun(project, recent)
  const steps = newest === undefined ? [] : project.stepRuns.ofRun(newest.number)
  const model = latestModel(project)
  const running = recent.some(({ status }) => status === 'running')
  const stages: StageState[] = []
  for (const stage of stageSchema.options) {
    await setImmediate()
    stages.push(stageState(project, stage, steps, newest))
  }
  return {
    path: project.path,
    name: basename(project.path),
    task: model?.meta.task ?? null,
    target: model?.meta.target ?? null,
    stages,
    state: stateInWords(stages, running),
    best: bestOf(recent, model),
    running,
    pipeline: newest?.pipelineFile ?? null,
    counts: { datasets: new Set(datasets.map(({ name }) => name)).size, runs: recent[0]?.number ?? 0, models: models.length, deployments: deployments.length },
  }
}

/** The newest run that did more than read or describe a table. */
function newestPipelineRun(project: Project, recent: readonly RunRecord[]): RunRecord | undefined {
  return recent.find(({ number }) => project.stepRuns.ofRun(number).some(({ uses }) => !uses.startsWith('ingest/') && uses !== 'prepare/profile'))
}

function latestModel(project: Project): Artifact<'model'> | undefined {
  const [newest] = project.models.list().toSorted((a, b) => b.createdAt - a.createdAt)
  return newest === undefined ? undefined : (project.artifacts.require('model', newest.hash) as Artifact<'model'>)
}

function bestOf(recent: readonly RunRecord[], model: Artifact<'model'> | undefined): ProjectSummary['best'] {
  if (model === undefined) return null
  const { id, label, greaterIsBetter } = primaryMetric(model.meta.task)
  const values = recent.flatMap(({ outcome }) => outcome.metrics?.[id] ?? [])
  return values.length === 0 ? null : { metric: id, label, value: greaterIsBetter ? Math.max(...values) : Math.min(...values) }
}

function stageState(project: Project, stage: Stage, steps: readonly StepRunRecord[], run: RunRecord | undefined): StageState {
  const own = steps.filter(({ uses }) => uses.startsWith(`${stage}/`))
  if (stage === 'ingest' && own.length === 0) return ingestedByHand(project)
  if (own.length === 0) return { stage, state: 'empty', line: emptyLine(stage) }
  const failed = own.find(({ status }) => status === 'failed' || status === 'interrupted')
  if (failed !== undefined) return { stage, state: 'failed', line: failed.error?.headline ?? `Step ${failed.step} was interrupted` }
  const active = own.find(({ status }) => status === 'running')
  if (active !== undefined) return { stage, state: 'running', line: `${active.step} is running` }
  if (own.some(({ status }) => status !== 'succeeded')) return { stage, state: 'empty', line: run?.status === 'running' ? 'waiting' : 'not run' }
  return { stage, state: 'done', line: doneLine(project, stage, own, run) }
}

function ingestedByHand(project: Project): StageState {
  const [newest] = project.datasets.list().toSorted((a, b) => b.createdAt - a.createdAt)
  if (newest === undefined) return { stage: 'ingest', state: 'empty', line: 'no data yet' }
  const { meta } = project.artifacts.require('dataset', newest.hash) as Artifact<'dataset'>
  return { stage: 'ingest', state: 'done', line: `${newest.name} v${String(newest.version)} · ${rowsInWords(meta.rows)}` }
}

function doneLine(project: Project, stage: Stage, steps: readonly StepRunRecord[], run: RunRecord | undefined): string {
  const outputs = steps.flatMap((step) => project.stepRuns.outputs(step.run, step.step)).map((output) => ({ output, artifact: project.artifacts.require(output.kind, output.hash) as Artifact }))
  const last = outputs.at(-1)?.artifact
  if (stage === 'ingest' || stage === 'prepare') {
    const sides = outputs.filter(({ output }) => output.name === 'train' || output.name === 'test')
    if (stage === 'prepare' && sides.length === 2) {
      return sides.toReversed().map(({ output, artifact }) => `${rowsOf(artifact).toLocaleString('en-US')} ${output.name === 'train' ? 'to learn' : 'to test'}`).join(' · ')
    }
    const version = last === undefined ? undefined : project.datasets.ofHash(last.hash)[0]
    return `${version === undefined ? '' : `${version.name} v${String(version.version)} · `}${last === undefined ? '' : rowsInWords(rowsOf(last))}`
  }
  if (last?.kind === 'recipe') return columnsInWords((last as Artifact<'recipe'>).meta.columns)
  if (last?.kind === 'model') return (last as Artifact<'model'>).meta.estimator
  if (last?.kind === 'report') return reportLine(last as Artifact<'report'>)
  if (last?.kind === 'deployment') return `${(last as Artifact<'deployment'>).meta.name}${run?.outcome.model === undefined ? '' : ` · v${String(run.outcome.model.version)}`}`
  return 'done'
}

function reportLine({ meta }: Artifact<'report'>): string {
  const { id, label } = primaryMetric(meta.task)
  const value = meta.metrics[id]
  return value === undefined ? label : `${label} ${value >= 100 ? value.toLocaleString('en-US', { maximumFractionDigits: 0 }) : value.toFixed(3)}`
}

function rowsOf({ meta }: Artifact): number {
  return 'rows' in meta ? meta.rows : 0
}

function columnsInWords(columns: number): string {
  return columns === 1 ? '1 column enters' : `${columns.toLocaleString('en-US')} columns enter`
}

function rowsInWords(rows: number): string {
  return `${rows.toLocaleString('en-US')} ${rows === 1 ? 'row' : 'rows'}`
}

function emptyLine(stage: Stage): string {
  return stage === 'monitor' || stage === 'retrain' ? 'not there yet' : 'not yet'
}

function stateInWords(stages: readonly StageState[], running: boolean): string {
  const at = (wanted: StageState['state']): StageState | undefined => stages.find(({ state }) => state === wanted)
  const done = (stage: Stage): boolean => stages.some((one) => one.stage === stage && one.state === 'done')
  const active = at('running')
  if (active !== undefined) return `Running: ${active.stage}`
  if (running) return 'Running'
  const failed = at('failed')
  if (failed !== undefined) return `Failed: ${failed.line}`
  if (done('deploy')) return 'Deployed'
  if (done('evaluate')) return 'Evaluated, not deployed'
  if (done('train')) return 'Trained, not evaluated'
  return done('ingest') ? 'Data read, no model yet' : 'Empty'
}
