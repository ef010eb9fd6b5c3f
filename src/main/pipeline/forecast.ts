import { setImmediate } from 'node:timers/promises'
import type { Artifact } from '#shared/domain/artifact.ts'
import type { StepForecast } from '#shared/domain/pipeline-forecast.ts'
import { MillraceError, toErrorData } from '#shared/errors.ts'
import type { Estimate } from '../stages/step-kind.ts'
import { whatIsMissing } from '../store/publish-artifact.ts'
import { formatRunId } from '../store/run-id.ts'
import type { Project } from '../store/project.ts'
import type { StepRunRecord } from '../store/step-run-repository.ts'
import { cacheKeyOf, changedParts, keyPartsOf } from './cache-key.ts'
import { checkResources } from './check-resources.ts'
import { changeInWords, decideCache } from './decide-cache.ts'
import { rememberedFiles, type KnownFiles } from './external-files.ts'
import { damagedDataset, findDataset } from './find-dataset.ts'
import type { Plan, PlannedStep } from './plan.ts'
import { recordedOutputs } from './recorded-outputs.ts'

type Outputs = Readonly<Record<string, Artifact>>

/** What is known of a step's outputs before it runs: the artifacts themselves, or those of its last run, which stand in for their sizes. */
type Made = { readonly known: Outputs | undefined; readonly similar: Outputs; readonly basedOn: string | null }

/** What a forecast is made in. */
export type ForecastSurroundings = {
  readonly project: Project
  /** Folder that paths in the pipeline are relative to. */
  readonly baseFolder: string
  readonly memoryBytes: number
  isForced(step: string): boolean
  /** What a step will need, as its kind estimates it. */
  estimate(step: PlannedStep, inputs: Readonly<Record<string, Artifact | undefined>>, externalBytes: number): Promise<Estimate>
}

/** Later than every run. */
const now = Number.MAX_SAFE_INTEGER

/** What would happen to each step of a plan if it ran now, as far as the record and the file system say; nothing is run or read. */
export async function forecastSteps(plan: Plan, around: ForecastSurroundings): Promise<readonly StepForecast[]> {
  const made = new Map<string, Made>()
  const forecasts: StepForecast[] = []
  for (const step of plan.steps) {
    // Other work of the thread gets its turn: each step asks the record a dozen questions.
    await setImmediate()
    const { forecast, outputs } = await forecastStep(plan, step, made, around)
    made.set(step.id, outputs)
    forecasts.push(forecast)
  }
  return forecasts
}

type Told = { readonly forecast: StepForecast; readonly outputs: Made }
type Decision = Pick<StepForecast, 'decision' | 'reason' | 'changed' | 'producedBy'>

async function forecastStep(plan: Plan, step: PlannedStep, made: ReadonlyMap<string, Made>, around: ForecastSurroundings): Promise<Told> {
  const { project } = around
  const before = project.stepRuns.before(plan.name, step.id, now)
  const last = lastOutputs(project, before)
  try {
    const stored = takeStored(step, project)
    if (stored !== undefined) return stored
    const files = await rememberedFiles(step.externalFiles, { step: step.id, baseFolder: around.baseFolder, readsFolders: step.kind.readsFolders, project })
    const inputs = inputsOf(step, made)
    const { decision, reused } = decide(plan, step, { inputs, files, before, around })
    const estimate = reused === undefined ? await estimateOf(step, inputs, files, around) : null
    const problem = estimate === null ? null : await refusal(step, estimate, around)
    return {
      forecast: { step: step.id, uses: step.uses, ...decision, estimate, problem },
      outputs: reused === undefined ? { known: undefined, ...last } : { known: reused, similar: reused, basedOn: null },
    }
  } catch (thrown) {
    if (!(thrown instanceof MillraceError)) throw thrown
    const { headline, message } = toErrorData(thrown)
    const forecast: StepForecast = { step: step.id, uses: step.uses, decision: 'run', reason: 'It cannot run as things are.', changed: [], producedBy: null, estimate: null, problem: message === '' ? headline : message }
    return { forecast, outputs: { known: undefined, ...last } }
  }
}

/** What a step made when it last ran, where that is still there. */
function lastOutputs(project: Project, before: StepRunRecord | undefined): Omit<Made, 'known'> {
  if (before?.status !== 'succeeded') return { similar: {}, basedOn: null }
  return { similar: recordedOutputs(project, before).artifacts, basedOn: formatRunId(before.run) }
}

function takeStored(step: PlannedStep, project: Project): Told | undefined {
  const wanted = step.kind.stored
  if (wanted === undefined) return undefined
  const version = findDataset(project, wanted.name, wanted.version)
  const artifact = project.artifacts.require('dataset', version.hash)
  const damage = whatIsMissing(artifact)
  if (damage !== undefined) throw damagedDataset(version.name, version.version, damage)
  const outputs = Object.fromEntries(Object.keys(step.kind.outputs).map((name) => [name, artifact]))
  const reason = `It is version ${String(version.version)} of the dataset "${version.name}" of the project.`
  return {
    forecast: { step: step.id, uses: step.uses, decision: 'reuse', reason, changed: [], producedBy: version.run ?? null, estimate: null, problem: null },
    outputs: { known: outputs, similar: outputs, basedOn: null },
  }
}

type Inputs = {
  /** Those that are known. */
  readonly artifacts: Readonly<Record<string, Artifact | undefined>>
  /** Steps whose outputs are made anew. */
  readonly pending: readonly string[]
  /** Known ones, and those of earlier runs for the others; undefined where there is none either. */
  readonly similar: Readonly<Record<string, Artifact | undefined>> | undefined
  readonly basedOn: string | null
}

function inputsOf(step: PlannedStep, made: ReadonlyMap<string, Made>): Inputs {
  const bound = Object.entries(step.inputs).flatMap(([name, from]) => (from === undefined ? [] : [{ name, from, giver: made.get(from.step) }]))
  const pick = (which: 'known' | 'similar') => Object.fromEntries(bound.map(({ name, from, giver }) => [name, giver?.[which]?.[from.output]]))
  const similar = pick('similar')
  return {
    artifacts: pick('known'),
    pending: [...new Set(bound.flatMap(({ from, giver }) => (giver?.known === undefined ? [from.step] : [])))],
    similar: Object.entries(similar).some(([name, artifact]) => artifact === undefined && step.kind.inputs[name]?.optional !== true) ? undefined : similar,
    basedOn: bound.find(({ giver }) => giver?.known === undefined)?.giver?.basedOn ?? null,
  }
}

type Facts = { readonly inputs: Inputs; readonly files: KnownFiles; readonly before: StepRunRecord | undefined; readonly around: ForecastSurroundings }

function decide(plan: Plan, step: PlannedStep, { inputs, files, before, around }: Facts): { readonly decision: Decision; readonly reused: Outputs | undefined } {
  const { project } = around
  const parts = keyPartsOf(plan, step, inputs.artifacts, files.hashes ?? {})
  const isWhole = inputs.pending.length === 0 && files.hashes !== undefined
  const cacheKey = cacheKeyOf(parts)
  const reusable = isWhole ? project.stepRuns.reusable(cacheKey, now) : undefined
  const found = reusable === undefined ? undefined : recordedOutputs(project, reusable)
  const forced = around.isForced(step.id)
  if (isWhole || forced || !step.cache || before === undefined) {
    const outcome = decideCache({ pipeline: plan.name, parts, cacheKey, forced, allowed: step.cache, reusable, damage: found?.damage, before })
    const decision: Decision = { decision: outcome.hit ? 'reuse' : 'run', reason: outcome.reason, changed: isWhole ? outcome.changed : [], producedBy: outcome.producedBy ?? null }
    return { decision, reused: outcome.hit ? found?.artifacts : undefined }
  }
  const open = [...inputs.pending, ...files.unread]
  const changed = changedParts(before.keyParts ?? {}, parts).filter(({ part }) => !isOpen(part, inputs, files))
  const rest = inputs.pending.length > 0 ? `what ${listed(open)} will make` : `what ${listed(open)} holds now`
  const reason =
    changed.length > 0
      ? `Since ${formatRunId(before.run)}: ${changed.map(changeInWords).join('; ')}.`
      : `It depends on ${rest}: where that is as in ${formatRunId(before.run)}, its outputs are reused.`
  return { decision: { decision: changed.length > 0 ? 'run' : 'unknown', reason, changed, producedBy: null }, reused: undefined }
}

/** True for parts of the key that are known only once earlier steps and files have been read. */
function isOpen(part: string, inputs: Inputs, files: KnownFiles): boolean {
  if (part.startsWith('inputs.')) return inputs.artifacts[part.slice('inputs.'.length)] === undefined
  return part.startsWith('files.') && files.hashes === undefined
}

function listed(names: readonly string[]): string {
  return names.length < 3 ? names.join(' and ') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`
}

async function estimateOf(step: PlannedStep, inputs: Inputs, files: KnownFiles, around: ForecastSurroundings): Promise<StepForecast['estimate']> {
  if (inputs.similar === undefined) return null
  const { memoryBytes, diskBytes } = await around.estimate(step, inputs.similar, files.bytes)
  return { memoryBytes, diskBytes, basedOn: inputs.pending.length === 0 ? null : inputs.basedOn }
}

async function refusal(step: PlannedStep, estimate: NonNullable<StepForecast['estimate']>, { memoryBytes, project }: ForecastSurroundings): Promise<string | null> {
  try {
    await checkResources(step.id, estimate, memoryBytes, project.path)
    return null
  } catch (thrown) {
    if (thrown instanceof MillraceError) return thrown.data.message
    throw thrown
  }
}
