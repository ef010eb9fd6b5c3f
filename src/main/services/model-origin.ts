import type { Artifact } from '#shared/domain/artifact.ts'
import type { Project } from '../store/project.ts'
import { formatRunId, parseRunId } from '../store/run-id.ts'
import type { StepRunRecord } from '../store/step-run-repository.ts'

/** Where a model comes from and what it was held against; undefined is what no recorded run knows any more. */
export type ModelOrigin = {
  /** Run that has the model: the one asked for, or the newest. */
  readonly run: string | undefined
  readonly step: StepRunRecord | undefined
  readonly training: Artifact<'dataset'> | undefined
  /** Rows that the run evaluated it on. */
  readonly test: Artifact<'dataset'> | undefined
}

function inputHash(step: StepRunRecord | undefined, name: string): string | undefined {
  return (step?.keyParts?.['inputs'] as Readonly<Record<string, string>> | undefined)?.[name]
}

function inputOf(project: Project, step: StepRunRecord | undefined, name: string): Artifact<'dataset'> | undefined {
  const hash = inputHash(step, name)
  return hash === undefined ? undefined : (project.artifacts.get('dataset', hash) as Artifact<'dataset'> | undefined)
}

/** The run, the training rows and the test rows of a model, as the record of a run that has it says. */
export function originOf(project: Project, hash: string, wantedRun?: string): ModelOrigin {
  const producers = project.stepRuns.producersOf('model', hash)
  const wanted = wantedRun === undefined ? undefined : parseRunId(wantedRun)
  const found = producers.find(({ run }) => run === wanted) ?? producers[0]
  if (found === undefined) return { run: undefined, step: undefined, training: undefined, test: undefined }
  const step = project.stepRuns.get(found.run, found.step)
  const evaluated = (record: StepRunRecord): boolean => record.status === 'succeeded' && inputHash(record, 'model') === hash && inputHash(record, 'test') !== undefined
  const evaluation = project.stepRuns.ofRun(found.run).findLast(evaluated)
  return { run: formatRunId(found.run), step, training: inputOf(project, step, 'train'), test: inputOf(project, evaluation, 'test') }
}
